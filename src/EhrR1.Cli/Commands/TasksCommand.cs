using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Shows the task index.</summary>
internal sealed class TasksCommand : CliCommand
{
    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<string?> _task = CommonOptions.Task("--task", "Show the samples of this task, one a line, instead of all tasks' sizes.");
    private readonly Option<bool> _csv = new("--csv") { Description = "Print the index as CSV, one sample a row, with a header." };
    private readonly Option<bool> _json = JsonOption("Print the index as JSON Lines, one sample a line.");

    public TasksCommand()
        : base("tasks", "Shows the task index: how many samples each task has, or the samples themselves.", "ehr-r1 tasks workspace", "ehr-r1 tasks workspace --task Inpatient_Mortality --csv > index.csv")
    {
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_task, _csv, _json])
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_csv) && result.GetValue(_json))
                result.AddError("--csv and --json cannot be had together.");
        });
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override Task<int> RunAsync(CommandRun run)
    {
        var folder = run.PathOf(_workspace);
        EarlierStages.NeedTasks(run, folder);
        using var workspace = Workspace.Open(folder);
        using var index = TaskIndexStore.Open(workspace);
        var task = run.Get(_task);
        var rows = task is null ? index.ReadAll(run.Cancellation) : index.ReadTask(task, run.Cancellation);
        if (run.Get(_csv))
            TaskIndexText.WriteCsv(run.Out, rows);
        else if (run.Get(_json))
            TaskIndexText.WriteJsonLines(run, rows);
        else if (task is not null)
            TaskIndexText.WriteLines(run.Out, rows);
        else
            TaskSummary.Of(rows, index.Manifest.Samples.Values.Sum(), run.Progress).Write(run.Out, workspace);
        return Task.FromResult(ExitCode.Done);
    }
}
