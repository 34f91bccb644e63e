using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Shows one case or chain: record, graph, chain with its evidence marked, measures, answer.</summary>
internal sealed class InsShow(InsOptions shared) : InsAction("show")
{
    private readonly Option<string?> _id = new("--id") { Description = "Show: the id of a case, a chain or a sample; of a sample, its best chain is shown.", HelpName = "ID" };
    private readonly Option<bool> _full = new("--full") { Description = "Show: the whole record and graph, not only what the chain cites." };

    public override IReadOnlyList<Option> Options => [_id, _full];

    public override Task<int> RunAsync(CommandRun run, string folder)
    {
        var id = run.Get(_id) ?? throw CommandRun.UserError("No case is named", "Name one with '--id ID': the column id of the data files, or the id of a line of chains.jsonl");
        var chains = ChainFolder.Of(folder);
        using var workspace = WorkspaceOf(run, chains);
        var shown = ShownCases.Find(folder, chains, id, workspace, GraphStage.Folder, run.Cancellation);
        if (run.Get(shared.Json))
        {
            run.WriteJson(ShownCaseJson.Of(shown));
            return Task.FromResult(ExitCode.Done);
        }

        if (!shown.IsFromWorkspace)
            run.Say("The record is shown as the case has it, without its graph: the workspace is not at hand. Name it with --workspace.");
        new ShownCaseText(run.Out, shown, run.Terminal is { Colours: true, IsOutTerminal: true }, run.Get(_full)).Write();
        return Task.FromResult(ExitCode.Done);
    }

    // One that the user names must be there; one on record may have gone.
    private Workspace? WorkspaceOf(CommandRun run, string chains)
    {
        if (run.PathOf(shared.Workspace) is { } named)
            return Workspace.Open(named);
        return ChainFolder.FindWorkspace(chains) is { } recorded && Workspace.Exists(recorded) ? Workspace.Open(recorded) : null;
    }
}
