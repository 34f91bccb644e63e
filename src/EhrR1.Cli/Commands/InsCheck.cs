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
    private const string Manifest = "manifest.json";
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Option<string?> _workspace = new("--workspace") { Description = "Check: the workspace that the chains' samples are of. The default is the one that the folder's manifest names.", HelpName = "WORKSPACE" };
    private readonly Option<double> _least = new("--least") { Description = "Check: what each measure must reach for a chain to pass.", HelpName = "0..1", DefaultValueFactory = _ => new GroundingOptions().LeastMeasure };

    public override IReadOnlyList<Option> Options => [_workspace, _least];

    public override Task<int> RunAsync(CommandRun run, string folder)
    {
        if (run.Get(_least) is not (>= 0 and <= 1))
            throw CommandRun.UserError($"--least must be from 0 to 1, not {run.Get(_least)}", "Give the share that each measure must reach, such as 0.8");
        using var workspace = Workspace.Open(run.PathOf(_workspace) ?? Recorded(folder));
        using var terminology = run.PathOf(shared.Terminology) is { } path ? Terminology.Open(path) : null;
        var options = new ChainCheckOptions { Terminology = terminology, Grounding = new GroundingOptions { LeastMeasure = run.Get(_least) }, GraphFolder = GraphStage.Folder };
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

    private static string Recorded(string folder)
    {
        var path = Path.Combine(folder, Manifest);
        try
        {
            var manifest = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            if ((manifest?["workspace"] ?? manifest?["source"]?["workspace"])?.ToString() is { Length: > 0 } recorded)
                return Path.GetFullPath(recorded, folder);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EhrR1Exception("The folder's manifest cannot be read", path, "Name the workspace with '--workspace'", e);
        }

        throw new EhrR1Exception("The folder does not say which workspace its chains are of", folder, "Name it with '--workspace'");
    }
}
