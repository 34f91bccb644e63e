using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>The stage that makes the thinking graphs of a split.</summary>
internal static class GraphStage
{
    public const string Folder = "graphs";

    /// <summary>The stage's name; each split is a stage of its own.</summary>
    public static string NameOf(string split) => $"graphs-{split}";

    /// <summary>The file with what the graphs of a split reach.</summary>
    public static string CoverageFile(string split) => $"{split}-coverage.json";

    /// <summary>The settings of a split's last run, or the defaults.</summary>
    public static GraphOptions Recorded(Workspace workspace, string split)
    {
        var options = new GraphOptions { Split = split };
        return workspace.Stage(NameOf(split))?.Settings is not { } settings ? options : options with
        {
            Top = (int)settings["top"]!,
            MostPaths = (int)settings["paths"]!,
            MostConcepts = (int)settings["most_concepts"]!,
            MostInCommon = (int?)settings["most_in_common"],
            Paths = options.Paths with { MostEdges = (int)settings["most_edges"]!, MostNodes = (int)settings["most_nodes"]!, ExcludedRelations = [.. StageFiles.ReadNames(settings["excluded_relations"]) ?? []] },
            Tasks = StageFiles.ReadNames(settings["tasks"]),
        };
    }

    /// <summary>Makes the graphs, or finds them up to date.</summary>
    /// <returns>Whether they were up to date.</returns>
    public static bool Run(CommandRun run, Workspace workspace, TerminologyChoice choice, GraphOptions options)
    {
        var settings = Settings(options);
        var lift = workspace.Stage(LiftStage.Name)!;
        var fingerprint = StageFiles.Fingerprint(lift, settings);
        if (StageFiles.IsCurrent(workspace, NameOf(options.Split), fingerprint))
            return true;
        workspace.Reopen(NameOf(options.Split));
        using var terminology = Terminology.Open(choice.Path);
        var folder = workspace.PathOf(Folder);
        var summary = GraphBuild.Build(workspace, folder, TermsOf(workspace), PairsOf(workspace), terminology, options, shard => ConceptFiles.ReadNotes(workspace.PathOf(ConceptStage.Name), shard), run.Progress, run.Cancellation);
        AtomicFile.WriteText(Path.Combine(folder, CoverageFile(options.Split)), JsonSerializer.Serialize(summary, ConceptStage.Json) + "\n");
        workspace.Record(NameOf(options.Split), new StageRecord
        {
            Fingerprint = fingerprint,
            Settings = settings,
            Inputs = new JsonObject { [LiftStage.Name] = lift.Fingerprint, [ConceptStage.Name] = workspace.Stage(ConceptStage.Name)!.Fingerprint },
            Counts = new JsonObject { ["samples"] = summary.Total.Samples, ["with_graph"] = summary.Total.WithGraph, ["edges"] = summary.Total.PairsWithPath },
            Outputs = [.. StageFiles.Outputs(workspace, Folder).Where(o => Path.GetFileName(o.Path).StartsWith(options.Split + "-", StringComparison.Ordinal))],
        });
        return false;
    }

    /// <summary>The graph of one sample, or <see langword="null"/> where it has none.</summary>
    public static ThinkingGraph? Of(CommandRun run, Workspace workspace, TerminologyChoice choice, string id, GraphOptions options)
    {
        using var terminology = Terminology.Open(choice.Path);
        return GraphBuild.Of(workspace, id, TermsOf(workspace), PairsOf(workspace), terminology, options, shard => ConceptFiles.ReadNotes(workspace.PathOf(ConceptStage.Name), shard), run.Cancellation);
    }

    /// <summary>How much of a synthetic hospital's truth the graphs recover.</summary>
    public static (GraphRecovery All, GraphRecovery Some) Recovery(CommandRun run, Workspace workspace, TerminologyChoice choice, string hospital, GraphOptions options)
    {
        using var terminology = Terminology.Open(choice.Path);
        return RecoveryRun.Measure(workspace, HospitalTruth.Read(hospital), TermsOf(workspace), PairsOf(workspace), terminology, options, shard => ConceptFiles.ReadNotes(workspace.PathOf(ConceptStage.Name), shard), run.Progress, run.Cancellation);
    }

    /// <summary>What the stage reached.</summary>
    public static GraphSummary Summary(Workspace workspace, string split) => StageFiles.ReadJson<GraphSummary>(workspace.PathOf(Folder, CoverageFile(split)), ConceptStage.Json);

    private static string TermsOf(Workspace workspace) => workspace.PathOf(ConceptStage.Name, ConceptFiles.Terms);

    private static string PairsOf(Workspace workspace) => workspace.PathOf(LiftStage.Name, LiftBuild.PairsFile);

    private static JsonObject Settings(GraphOptions options) => new()
    {
        ["split"] = options.Split,
        ["top"] = options.Top,
        ["paths"] = options.MostPaths,
        ["most_concepts"] = options.MostConcepts,
        ["most_in_common"] = options.MostInCommon,
        ["most_edges"] = options.Paths.MostEdges,
        ["most_nodes"] = options.Paths.MostNodes,
        ["excluded_relations"] = StageFiles.Names(options.Paths.ExcludedRelations),
        ["tasks"] = StageFiles.Names(options.Tasks),
    };
}
