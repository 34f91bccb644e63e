using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>The stage that counts which facts go with which answers.</summary>
internal static class LiftStage
{
    public const string Name = "lift";

    public const string SummaryFile = "summary.json";

    /// <summary>The settings of the last run, or the defaults.</summary>
    public static LiftOptions Recorded(Workspace workspace) => workspace.Stage(Name)?.Settings is { } settings
        ? new LiftOptions
        {
            LiftAbove = (double?)settings["lift_above"],
            LeastSamples = (int)settings["least_samples"]!,
            FalseDiscoveryRate = (double)settings["false_discovery_rate"]!,
            Tasks = StageFiles.ReadNames(settings["tasks"]),
        }
        : new LiftOptions();

    /// <summary>Counts, or finds the table up to date.</summary>
    /// <returns>Whether it was up to date.</returns>
    public static bool Run(CommandRun run, Workspace workspace, LiftOptions options)
    {
        var settings = Settings(options);
        var concepts = workspace.Stage(ConceptStage.Name);
        var fingerprint = StageFiles.Fingerprint(workspace.Stage(TaskStage.Name)!, new JsonObject { ["settings"] = settings.DeepClone(), [ConceptStage.Name] = concepts?.Fingerprint });
        if (StageFiles.IsCurrent(workspace, Name, fingerprint))
            return true;
        workspace.Forget(Name);
        var folder = workspace.PathOf(Name);
        var summary = LiftBuild.Build(workspace, folder, options, concepts is null ? null : shard => ConceptFiles.ReadNotes(workspace.PathOf(ConceptStage.Name), shard), run.Progress, run.Cancellation);
        AtomicFile.WriteText(Path.Combine(folder, SummaryFile), JsonSerializer.Serialize(summary with { Spills = 0 }, ConceptStage.Json) + "\n");
        workspace.Record(Name, new StageRecord
        {
            Fingerprint = fingerprint,
            Settings = settings,
            Inputs = new JsonObject { [TaskStage.Name] = workspace.Stage(TaskStage.Name)!.Fingerprint, [ConceptStage.Name] = concepts?.Fingerprint },
            Counts = new JsonObject { ["samples"] = summary.Tasks.Sum(t => t.Samples), ["pairs"] = summary.Tasks.Sum(t => t.Pairs), ["kept"] = summary.Tasks.Sum(t => t.Kept) },
            Warnings = concepts is null ? ["Free texts were left out: no terminology was named."] : [],
            Outputs = StageFiles.Outputs(workspace, Name),
        });
        return false;
    }

    /// <summary>What the stage counted.</summary>
    public static LiftSummary Summary(Workspace workspace) => JsonSerializer.Deserialize<LiftSummary>(File.ReadAllText(workspace.PathOf(Name, SummaryFile)), ConceptStage.Json)!;

    private static JsonObject Settings(LiftOptions options) => new()
    {
        ["lift_above"] = options.LiftAbove,
        ["least_samples"] = options.LeastSamples,
        ["false_discovery_rate"] = options.FalseDiscoveryRate,
        ["tasks"] = StageFiles.Names(options.Tasks),
        ["split"] = options.Split,
    };
}
