using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Cli;

/// <summary>The stage that makes charts out of the source.</summary>
internal static class ChartStage
{
    /// <summary>The settings of the last build, or <see langword="null"/> where none has finished.</summary>
    public static BuildOptions? Recorded(Workspace workspace)
    {
        if (workspace.Stage(ChartBuild.StageName)?.Settings is not { } settings)
            return null;
        return new BuildOptions
        {
            Source = settings["source"]!.ToString(),
            Workspace = workspace.Folder,
            Maps = settings["maps"]?.ToString(),
            Profile = workspace.Profile,
            Seed = workspace.Manifest.Seed,
            Subjects = (settings["subjects"] as JsonArray)?.Select(s => (long)s!).ToList(),
            LimitPatients = (int?)settings["limit_patients"],
            OnBadRow = settings["on_bad_row"]?.ToString() == "skip" ? BadRowRule.Skip : BadRowRule.Fail,
            RowsPerShard = (int)settings["rows_per_shard"]!,
        };
    }

    public static Task<BuildResult> RunAsync(Workspace workspace, BuildOptions options, IProgress<StageProgress> progress, CancellationToken cancellationToken) =>
        ChartBuild.RunAsync(workspace, options, new Shown(progress), cancellationToken);

    /// <summary>The build's own steps in words for the user.</summary>
    private sealed class Shown(IProgress<StageProgress> progress) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => progress.Report(value.Step == "reading"
            ? new StageProgress("Reading the tables", value.Done, value.Total, "bytes")
            : new StageProgress("Putting events in order", value.Done, value.Total, "rows"));
    }
}
