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
    private readonly Option<string[]> _sections = new("--section") { Description = "Check: what chains from elsewhere call a section, and its title in the template: \"Findings=Extraction\". May be given several times.", HelpName = "TITLE=SECTION" };

    public override IReadOnlyList<Option> Options => [_sections, .. shared.Sufficiency.Options];

    public override async Task<int> RunAsync(CommandRun run, string folder)
    {
        var grounding = shared.Grounding(run);
        shared.Sufficiency.Require(run);
        var titles = ChainTitles.Parse(run.Get(_sections) ?? []);
        folder = ChainFolder.Of(folder);
        using var workspace = Workspace.Open(run.PathOf(shared.Workspace) ?? ChainFolder.WorkspaceOf(folder));
        using var terminology = run.PathOf(shared.Terminology) is { } path ? Terminology.Open(path) : null;
        var options = new ChainCheckOptions { Terminology = terminology, Grounding = grounding, GraphFolder = GraphStage.Folder, Titles = titles };
        var report = ChainCheckRun.Run(folder, workspace, options, run.Progress, run.Cancellation);
        var sufficiency = await shared.Sufficiency.RunAsync(run, folder, workspace, titles).ConfigureAwait(false);
        if (run.Get(shared.Json))
        {
            var json = JsonSerializer.SerializeToNode(report, _snake)!.AsObject();
            if (sufficiency is not null)
                json["sufficiency"] = JsonSerializer.SerializeToNode(sufficiency, _snake);
            run.WriteJson(json);
        }
        else
        {
            Write(run, folder, report);
            if (sufficiency is not null)
                SufficiencyText.Write(run.Out, sufficiency);
        }

        return InsSufficiency.CodeOf(run, sufficiency);
    }

    private static void Write(CommandRun run, string folder, ChainReport report)
    {
        ChainReportText.Write(run.Out, report);
        run.Out.WriteLine($"The measures stand beside each chain in {Path.Combine(folder, ChainCheckRun.CheckedFile)}, the report in {Path.Combine(folder, ChainCheckRun.ReportFile)}");
        if (report.Apart.Count > 0)
            run.Out.WriteLine($"What is kept apart is in {Path.Combine(folder, ChainCheckRun.ApartFile)}, with the reasons");
    }
}
