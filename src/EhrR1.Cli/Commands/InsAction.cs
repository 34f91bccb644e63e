using System.CommandLine;

namespace EhrR1.Cli;

/// <summary>One of the things that <see cref="InsCommand"/> does, chosen by its action word.</summary>
internal abstract class InsAction(string name)
{
    /// <summary>The action word.</summary>
    public string Name => name;

    /// <summary>The options that this action alone has.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>Whether the folder that the user names is a workspace, not a data set.</summary>
    public virtual bool ReadsWorkspace => false;

    /// <summary>Does the action's work.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The folder that the user named.</param>
    /// <returns>An exit code of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> RunAsync(CommandRun run, string folder);
}
