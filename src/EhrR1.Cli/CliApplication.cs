using System.CommandLine;
using System.CommandLine.Invocation;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>The command line as a function: arguments in, text out, an exit code back.</summary>
public static class CliApplication
{
    private const int BrokenPipe = 32;

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="cancellationToken">Stops the command; what is finished stays.</param>
    /// <returns>An exit code of <see cref="ExitCode"/>; nothing is thrown.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CliTerminal terminal, CancellationToken cancellationToken = default) =>
        RunAsync(CommandTree.Create(), arguments, terminal, cancellationToken);

    /// <summary>Runs one command of a tree: the program's own, or that of the training program.</summary>
    internal static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, CliTerminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var code = await ParseAndRunAsync(root, arguments, terminal, cancellationToken).ConfigureAwait(false);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Stopped. What was finished is kept; the same command goes on from there.");
            return ExitCode.Cancelled;
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            // The reader, such as `head`, has all that it wanted.
            return ExitCode.Done;
        }
        catch (Exception e) when (UserErrorIn(e) is { } error)
        {
            return Fail(terminal, error.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(terminal, $"A file could not be read or written: {e.Message.TrimEnd('.')}. Look at the disk's free space and the folder's permissions, then run the command again.");
        }
        catch (Exception e)
        {
            return Crash(terminal, e);
        }
    }

    /// <summary>Parses arguments with the settings file's added where the command line leaves them open.</summary>
    internal static ParseResult Parse(RootCommand root, IReadOnlyList<string> arguments, CliTerminal terminal)
    {
        var given = root.Parse(arguments);
        if (given.CommandResult.Command is not CliCommand command || given.Action is HelpWithExamples || SettingsFor(command, given, terminal) is not { } file)
            return given;
        var added = file.ArgumentsFor(command, given, root);
        return added.Count == 0 ? given : root.Parse([arguments[0], .. added, .. arguments.Skip(1)]);
    }

    private static async Task<int> ParseAndRunAsync(RootCommand root, IReadOnlyList<string> arguments, CliTerminal terminal, CancellationToken cancellationToken)
    {
        if (arguments.Count > 0 && root.Subcommands.OfType<ForwardedCommand>().Any(c => c.Name == arguments[0]))
            return await TrainingProgram.RunAsync(arguments, terminal, cancellationToken).ConfigureAwait(false);
        var parsed = Parse(root, arguments.Count == 0 ? ["--help"] : arguments, terminal);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction or null)
            return Misused(parsed, terminal);
        if (parsed.CommandResult.Command is not CliCommand command || parsed.Action is not null)
        {
            var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }

        using var progress = new ProgressDisplay(terminal);
        return await command.RunAsync(new CommandRun(command, parsed, terminal, progress, SettingsFor(command, parsed, terminal)?.Data ?? new DataPolicy(), cancellationToken)).ConfigureAwait(false);
    }

    private static SettingsFile? SettingsFor(CliCommand command, ParseResult given, CliTerminal terminal)
    {
        if (given.GetResult(command.Settings) is { Implicit: false } && given.GetValue(command.Settings) is { } named)
            return SettingsFile.Read(terminal.PathOf(named));
        foreach (var folder in (ReadOnlySpan<string?>)[command.WorkspaceOf(given), "."])
        {
            if (folder is not null && Path.Combine(terminal.PathOf(folder), SettingsFile.Name) is var path && File.Exists(path))
                return SettingsFile.Read(path);
        }

        return null;
    }

    private static int Misused(ParseResult parsed, CliTerminal terminal)
    {
        foreach (var error in parsed.Errors.Select(e => e.Message.ReplaceLineEndings(" ")).Distinct(StringComparer.Ordinal))
            terminal.Error.WriteLine($"Error: {error}");
        var command = parsed.CommandResult.Command is CliCommand own ? $"ehr-r1 {own.Name}" : "ehr-r1";
        terminal.Error.WriteLine($"Run '{command} --help' to see how it is used.");
        return ExitCode.User;
    }

    private static int Fail(CliTerminal terminal, string message)
    {
        terminal.Error.WriteLine($"Error: {message}");
        return ExitCode.User;
    }

    private static int Crash(CliTerminal terminal, Exception e)
    {
        // The message of an unforeseen error may hold a value from a record, so it is shown only to who asks for it.
        terminal.Error.WriteLine($"Internal error: {e.GetType().Name}. This is a fault of the program, not yours.");
        terminal.Error.WriteLine(string.IsNullOrEmpty(terminal.Variable("EHR_R1_DEBUG"))
            ? $"{e.StackTrace}\nSet EHR_R1_DEBUG=1 to see the error's own message, which may hold a patient's data."
            : e.ToString());
        return ExitCode.Internal;
    }

    private static EhrR1Exception? UserErrorIn(Exception e) => e switch
    {
        EhrR1Exception user => user,
        AggregateException several => several.Flatten().InnerExceptions.OfType<EhrR1Exception>().FirstOrDefault(),
        _ => null,
    };

    private static bool IsBrokenPipe(IOException e) => (e.HResult & 0xFFFF) == BrokenPipe || e.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
