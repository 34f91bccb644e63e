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

    /// <summary>Whether the table was made from what the workspace holds now, with these settings.</summary>
    public static bool IsCurrent(Workspace workspace, LiftOptions options) => StageFiles.IsCurrent(workspace, Name, FingerprintOf(workspace, options));

    /// <summary>Counts, or finds the table up to date.</summary>
    /// <returns>Whether it was up to date.</returns>
    public static bool Run(CommandRun run, Workspace workspace, LiftOptions options)
    {
        if (IsCurrent(workspace, options))
            return true;
        var concepts = workspace.Stage(ConceptStage.Name);
        workspace.Reopen(Name);
        var folder = workspace.PathOf(Name);
        var summary = LiftBuild.Build(workspace, folder, options, concepts is null ? null : shard => ConceptFiles.ReadNotes(workspace.PathOf(ConceptStage.Name), shard), run.Progress, run.Cancellation);
        AtomicFile.WriteText(Path.Combine(folder, SummaryFile), JsonSerializer.Serialize(summary, ConceptStage.Json) + "\n");
        workspace.Record(Name, new StageRecord
        {
            Fingerprint = FingerprintOf(workspace, options)!,
            Settings = Settings(options),
            Inputs = new JsonObject { [TaskStage.Name] = workspace.Stage(TaskStage.Name)!.Fingerprint, [ConceptStage.Name] = concepts?.Fingerprint },
            Counts = new JsonObject { ["samples"] = summary.Tasks.Sum(t => t.Samples), ["pairs"] = summary.Tasks.Sum(t => t.Pairs), ["kept"] = summary.Tasks.Sum(t => t.Kept) },
            Warnings = concepts is null ? ["Free texts were left out: no terminology was named."] : [],
            Outputs = StageFiles.Outputs(workspace, Name),
        });
        return false;
    }

    /// <summary>What the stage counted.</summary>
    public static LiftSummary Summary(Workspace workspace) => StageFiles.ReadJson<LiftSummary>(workspace.PathOf(Name, SummaryFile), ConceptStage.Json);

    private static string? FingerprintOf(Workspace workspace, LiftOptions options) => workspace.Stage(TaskStage.Name) is { } tasks
        ? StageFiles.Fingerprint(tasks, new JsonObject { ["settings"] = Settings(options), [ConceptStage.Name] = workspace.Stage(ConceptStage.Name)?.Fingerprint })
        : null;

    private static JsonObject Settings(LiftOptions options) => new()
    {
        ["lift_above"] = options.LiftAbove,
        ["least_samples"] = options.LeastSamples,
        ["false_discovery_rate"] = options.FalseDiscoveryRate,
        ["tasks"] = StageFiles.Names(options.Tasks),
        ["split"] = options.Split,
    };
}
