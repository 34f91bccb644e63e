using System.CommandLine;
using System.Reflection;

namespace EhrR1.Cli;

/// <summary>Prints the script that completes commands and options in a shell.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = "The shell: bash, zsh, pwsh or fish.", HelpName = "SHELL" };

    public CompletionCommand()
        : base("completion", "Prints a script that completes commands, options and values in your shell.", "ehr-r1 completion bash >> ~/.bashrc", "ehr-r1 completion fish > ~/.config/fish/completions/ehr-r1.fish")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh", "fish");
        Arguments.Add(_shell);
    }

    public override async Task<int> RunAsync(CommandRun run)
    {
        await using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream($"EhrR1.Cli.Completion.{run.Get(_shell)}")!;
        using var reader = new StreamReader(script);
        await run.Out.WriteAsync(await reader.ReadToEndAsync(run.Cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
