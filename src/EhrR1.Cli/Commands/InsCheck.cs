using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Checks chains of reasoning, ours or not: the published filter and the grounding check.</summary>
internal sealed class InsCheck(InsOptions shared) : InsAction("check")
{
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public override Task<int> RunAsync(CommandRun run, string folder)
    {
        var grounding = shared.Grounding(run);
        folder = ChainFolder.Of(folder);
        using var workspace = Workspace.Open(run.PathOf(shared.Workspace) ?? ChainFolder.WorkspaceOf(folder));
        using var terminology = run.PathOf(shared.Terminology) is { } path ? Terminology.Open(path) : null;
        var options = new ChainCheckOptions { Terminology = terminology, Grounding = grounding, GraphFolder = GraphStage.Folder };
        var report = ChainCheckRun.Run(folder, workspace, options, run.Progress, run.Cancellation);
        if (run.Get(shared.Json))
        {
            run.WriteJson(JsonSerializer.SerializeToNode(report, _snake)!);
            return Task.FromResult(ExitCode.Done);
        }

        ChainReportText.Write(run.Out, report);
        run.Out.WriteLine($"The measures stand beside each chain in {Path.Combine(folder, ChainCheckRun.CheckedFile)}, the report in {Path.Combine(folder, ChainCheckRun.ReportFile)}");
        if (report.Apart.Count > 0)
            run.Out.WriteLine($"What is kept apart is in {Path.Combine(folder, ChainCheckRun.ApartFile)}, with the reasons");
        return Task.FromResult(ExitCode.Done);
    }
}
