using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The stage that draws EHR-Bench out of the task index.</summary>
internal static class BenchStage
{
    public const string Name = "bench";

    /// <summary>How many samples a task gets where nothing else is said.</summary>
    public const int PerTask = 500;

    /// <summary>The settings of the last run, or the defaults.</summary>
    public static DrawOptions Recorded(Workspace workspace) => Options(
        workspace,
        workspace.Stage(Name)?.Settings["per_task"] is { } perTask ? (int)perTask : PerTask,
        workspace.Stage(Name)?.Settings["balance"] is { } balance && (bool)balance);

    public static DrawOptions Options(Workspace workspace, int perTask, bool balance) =>
        new() { PerTask = perTask, Balance = balance, Seed = workspace.Manifest.Seed, Filter = DrawFilter.For(workspace.Profile) };

    public static bool IsCurrent(Workspace workspace, DrawOptions options) => StageFiles.IsCurrent(workspace, Name, FingerprintOf(workspace, options));

    /// <summary>Draws the benchmark, or finds it up to date.</summary>
    /// <returns>Whether it was up to date.</returns>
    public static bool Run(Workspace workspace, DrawOptions options, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        if (IsCurrent(workspace, options))
            return true;
        workspace.Reopen(Name);
        var result = BenchmarkBuilder.Build(workspace, workspace.PathOf(BenchmarkFiles.Folder), options, progress, cancellationToken);
        workspace.Record(Name, new StageRecord
        {
            Fingerprint = FingerprintOf(workspace, options)!,
            Settings = Settings(options),
            Inputs = new JsonObject { [TaskStage.Name] = workspace.Stage(TaskStage.Name)!.Fingerprint },
            Counts = new JsonObject { ["decision_making"] = result.Size.Decisions, ["risk_prediction"] = result.Size.Risks },
            Outputs = StageFiles.Outputs(workspace, BenchmarkFiles.Folder),
        });
        return false;
    }

    private static string? FingerprintOf(Workspace workspace, DrawOptions options) =>
        workspace.Stage(TaskStage.Name) is { } tasks ? StageFiles.Fingerprint(tasks, Settings(options)) : null;

    private static JsonObject Settings(DrawOptions options) => new()
    {
        ["per_task"] = options.PerTask,
        ["balance"] = options.Balance,
        ["split"] = options.Split,
        ["seed"] = options.Seed,
    };
}
