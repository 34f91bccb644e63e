using System.Globalization;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>How many samples each task has, how many say yes, and how they are split.</summary>
internal sealed class TaskSummary
{
    private readonly Dictionary<string, Counts> _byTask = new(StringComparer.Ordinal);

    private TaskSummary()
    {
    }

    public static TaskSummary Of(IEnumerable<TaskIndexRow> rows, long total, IProgress<StageProgress> progress)
    {
        var summary = new TaskSummary();
        var done = 0L;
        foreach (var row in rows)
        {
            summary.Add(row);
            if (++done % 1000 == 0)
                progress.Report(new StageProgress("Counting samples", done, total, "samples"));
        }

        return summary;
    }

    public void Write(TextWriter to, Workspace workspace)
    {
        var table = new PlainTable("Task", "Kind", ">Samples", ">Yes", ">Yes share", ">Labels/sample", ">Train", ">Test", ">Few-shot");
        foreach (var task in TaskCatalog.Tasks)
        {
            var counts = _byTask.GetValueOrDefault(task.Name) ?? new Counts();
            var isRisk = task.Kind == TaskKind.Risk;
            table.Add(
                task.Name,
                (isRisk ? "risk" : "decision") + (task.IsExtra ? ", extra" : ""),
                Number(counts.Samples),
                isRisk ? Number(counts.Yes) : "",
                isRisk && counts.Samples > 0 ? $"{Ratio(100.0 * counts.Yes, counts.Samples)} %" : "",
                !isRisk && counts.Samples > 0 ? Ratio(counts.Labels, counts.Samples) : "",
                Number(counts.Train),
                Number(counts.Test),
                Number(counts.FewShot));
        }

        table.Write(to);
        to.WriteLine($"{Number(_byTask.Values.Sum(c => c.Samples))} samples of {_byTask.Count} tasks, profile {workspace.Manifest.Profile}, in {workspace.Folder}");
    }

    private void Add(TaskIndexRow row)
    {
        if (!_byTask.TryGetValue(row.Task, out var counts))
            _byTask.Add(row.Task, counts = new Counts());
        counts.Samples++;
        counts.Labels += row.Labels.Count;
        counts.Yes += row.Definition.Kind == TaskKind.Risk && row.Labels[0] == "yes" ? 1 : 0;
        counts.Train += row.Split == SplitNames.Train ? 1 : 0;
        counts.Test += row.Split == SplitNames.Test ? 1 : 0;
        counts.FewShot += row.Split == SplitNames.FewShot ? 1 : 0;
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Ratio(double part, long whole) => (part / whole).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed class Counts
    {
        public long Samples { get; set; }

        public long Yes { get; set; }

        public long Labels { get; set; }

        public long Train { get; set; }

        public long Test { get; set; }

        public long FewShot { get; set; }
    }
}
