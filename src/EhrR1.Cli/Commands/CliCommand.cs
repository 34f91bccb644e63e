using System.CommandLine;

namespace EhrR1.Cli;

/// <summary>A command: its options, its help with an example, and what it does.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        Settings = new Option<string?>("--settings")
        {
            Description = $"Read options from this file. By default {SettingsFile.Name} is read from the workspace, or else from the current folder, if it is there. Options on the command line override it.",
            HelpName = "FILE",
        };
    }

    /// <summary>Command lines that show how the command is used; a test runs each through the parser.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>The option that names the settings file; every command has it.</summary>
    public Option<string?> Settings { get; }

    /// <summary>The workspace that the command reads or writes, as the user named it, or <see langword="null"/>.</summary>
    public virtual string? WorkspaceOf(ParseResult parsed) => null;

    /// <summary>Does the command's work.</summary>
    /// <returns>An exit code of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> RunAsync(CommandRun run);

    /// <summary>An option that asks for JSON on standard output.</summary>
    protected static Option<bool> JsonOption(string what) => new("--json") { Description = what };
}
