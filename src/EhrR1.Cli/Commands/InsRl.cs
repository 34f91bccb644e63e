using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Writes prompts for reinforcement learning.</summary>
internal sealed class InsRl(InsOptions shared) : InsAction("rl")
{
    /// <summary>How many prompts a task gets where nothing else is said: with 16 answers each, days of work for a node.</summary>
    public const int PerTask = 1_000;

    public override bool ReadsWorkspace => true;

    public override Task<int> RunAsync(CommandRun run, string folder)
    {
        var options = shared.Read(run);
        return Task.FromResult(InsWriting.Run(run, folder, shared, InstructionKind.Reinforcement, options with { PerTask = options.PerTask ?? PerTask }));
    }
}
