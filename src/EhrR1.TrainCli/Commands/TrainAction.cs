using System.CommandLine;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>One of the things that <see cref="TrainCommand"/> does, chosen by its action word.</summary>
internal abstract class TrainAction(string name)
{
    /// <summary>The action word.</summary>
    public string Name => name;

    /// <summary>The options that this action alone has.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>Does the action's work.</summary>
    /// <param name="run">The run.</param>
    /// <param name="operands">What stands behind the action word.</param>
    /// <returns>An exit code of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands);
}
