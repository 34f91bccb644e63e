using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The stage that makes the task index out of the charts.</summary>
internal static class TaskStage
{
    public const string Name = "tasks";

    /// <summary>The settings of the last run, or the defaults.</summary>
    public static TaskIndexBuildOptions Recorded(Workspace workspace) => workspace.Stage(Name) is { } record
        ? new TaskIndexBuildOptions { Tasks = StageFiles.ReadNames(record.Settings["tasks"]) }
        : new TaskIndexBuildOptions();

    public static bool IsCurrent(Workspace workspace, TaskIndexBuildOptions options) =>
        TaskIndexStore.Exists(workspace) && StageFiles.IsCurrent(workspace, Name, FingerprintOf(workspace, options));

    /// <summary>Makes the index, or finds it up to date.</summary>
    /// <returns>Whether it was up to date.</returns>
    public static bool Run(Workspace workspace, TaskIndexBuildOptions options, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        if (IsCurrent(workspace, options))
            return true;
        workspace.Reopen(Name);
        workspace.Reopen(BenchStage.Name);
        var manifest = TaskIndexBuilder.Build(workspace, options, progress, cancellationToken);
        workspace.Record(Name, new StageRecord
        {
            Fingerprint = FingerprintOf(workspace, options)!,
            Settings = Settings(options),
            Inputs = new JsonObject { [ChartBuild.StageName] = workspace.Stage(ChartBuild.StageName)!.Fingerprint },
            Counts = new JsonObject
            {
                ["samples"] = manifest.Samples.Values.Sum(),
                ["by_task"] = new JsonObject(manifest.Samples.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
                ["positives"] = new JsonObject(manifest.Positives.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
                ["has_discharge_notes"] = manifest.HasDischargeNotes,
            },
            Warnings = manifest.HasDischargeNotes ? [] : ["The source has no discharge notes: the readmission tasks are anchored at the end of the stay."],
            Outputs = StageFiles.Outputs(workspace, TaskIndexSchema.Folder),
        });
        return false;
    }

    private static string? FingerprintOf(Workspace workspace, TaskIndexBuildOptions options) =>
        workspace.Stage(ChartBuild.StageName) is { } charts ? StageFiles.Fingerprint(charts, Settings(options)) : null;

    private static JsonObject Settings(TaskIndexBuildOptions options) => new()
    {
        ["tasks"] = StageFiles.Names(options.Tasks),
        ["test_share"] = options.TestShare,
        ["few_shot_share"] = options.FewShotShare,
    };
}
