using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Cli;

/// <summary>Runs the stages before a command's own where they are missing or stale, with the settings that are on record, and says so.</summary>
internal static class EarlierStages
{
    /// <summary>Makes sure that the workspace has a task index; the charts are taken as they are.</summary>
    public static void NeedTasks(CommandRun run, string folder)
    {
        using (var workspace = Workspace.Open(folder))
        {
            RequireCharts(workspace);
            if (TaskStage.IsCurrent(workspace, TaskStage.Recorded(workspace)))
                return;
        }

        using var writable = Workspace.OpenForWriting(folder);
        RunTasks(run, writable);
    }

    /// <summary>Makes sure that charts, task index and, where asked for, benchmark are what source and settings say.</summary>
    public static async Task NeedAsync(CommandRun run, Workspace workspace, bool benchmark)
    {
        RequireCharts(workspace);
        var tasks = TaskStage.Recorded(workspace);
        var bench = BenchStage.Recorded(workspace);
        var hadBench = workspace.Stage(BenchStage.Name) is not null;
        await RunChartsAsync(run, workspace).ConfigureAwait(false);
        if (!TaskStage.IsCurrent(workspace, tasks))
            RunTasks(run, workspace, tasks);
        if (!benchmark || BenchStage.IsCurrent(workspace, bench))
            return;
        run.Say(hadBench
            ? $"The benchmark is out of date: drawing it again ({bench.PerTask} a task{(bench.Balance ? ", balanced" : "")}) …"
            : $"There is no benchmark yet: drawing it with the defaults ({bench.PerTask} a task) …");
        BenchStage.Run(workspace, bench, run.Progress, run.Cancellation);
    }

    private static async Task RunChartsAsync(CommandRun run, Workspace workspace)
    {
        // A source that has moved away since is no reason to stop: the charts stand for it.
        if (ChartStage.Recorded(workspace) is not { } recorded || !Directory.Exists(recorded.Source) || (recorded.Maps is { } maps && !Directory.Exists(maps)))
            return;
        var result = await ChartStage.RunAsync(workspace, recorded, run.Progress, run.Cancellation).ConfigureAwait(false);
        if (!result.WasUpToDate)
            run.Say($"The source had changed: the charts of {result.Patients:#,0} patients were built again with the settings on record.");
    }

    private static void RunTasks(CommandRun run, Workspace workspace) => RunTasks(run, workspace, TaskStage.Recorded(workspace));

    private static void RunTasks(CommandRun run, Workspace workspace, Tasks.TaskIndexBuildOptions options)
    {
        run.Say(workspace.Stage(TaskStage.Name) is null ? "There is no task index yet: making it …" : "The task index is out of date: making it again …");
        TaskStage.Run(workspace, options, run.Progress, run.Cancellation);
    }

    private static void RequireCharts(Workspace workspace)
    {
        if (workspace.Stage(ChartBuild.StageName) is null)
            throw new EhrR1Exception("The workspace has no finished charts", workspace.Folder, "Run its 'ehr-r1 build' again: it goes on where it stopped");
    }
}
