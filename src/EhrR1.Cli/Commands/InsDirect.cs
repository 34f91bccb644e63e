using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Writes direct cases: record, question, answer.</summary>
internal sealed class InsDirect(InsOptions shared) : InsAction("direct")
{
    public override bool ReadsWorkspace => true;

    public override Task<int> RunAsync(CommandRun run, string folder) => Task.FromResult(InsWriting.Run(run, folder, shared, InstructionKind.Direct, shared.Read(run)));
}
