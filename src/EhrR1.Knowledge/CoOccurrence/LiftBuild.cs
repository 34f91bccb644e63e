using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Counts which facts of the record go with which answers, and writes the pairs that go together far more often than chance.</summary>
/// <remarks>
/// Source: the EHR-R1 paper (arXiv 2510.25628): Lift(t, h) = n(t, h) · N / (n(t) · n(h)) over the samples of a task.
/// Counts are exact; the files' bytes depend neither on threads nor on the memory limit.
/// </remarks>
public static class LiftBuild
{
    /// <summary>The file's name with the pairs.</summary>
    public const string PairsFile = "pairs.parquet";

    /// <summary>Counts and writes <see cref="PairsFile"/>: by task, target in the order of its characters, then the highest Lift first.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="folder">The folder to write to; pairs that do not fit the memory are spilled there meanwhile.</param>
    /// <param name="options">The settings.</param>
    /// <param name="notes">The concepts in the free texts of a shard; <see langword="null"/> leaves free texts out.</param>
    /// <param name="progress">Receives how many patients are counted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EhrR1Exception">Charts or index are missing or damaged, a task is no decision task with items, or the disk is full.</exception>
    public static LiftSummary Build(Workspace workspace, string folder, LiftOptions options, Func<int, NoteTerms>? notes = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        var tasks = TasksOf(options);
        Workspace.CreateFolder(folder);
        // What a killed process had spilled may be large, and must not pass for this run's.
        foreach (var leftover in Directory.EnumerateFiles(folder, $"*{AtomicFile.TemporaryEnding}*"))
            File.Delete(leftover);
        using var count = new LiftCount(workspace, tasks, options, notes ?? (_ => NoteTerms.None), folder);
        count.Run(progress, cancellationToken);

        var order = Enumerable.Range(0, count.Terms.Count).OrderBy(count.Terms.Text, StringComparer.Ordinal).ToArray();
        var ranks = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            ranks[order[i]] = i;
        var summaries = new List<LiftTaskSummary>();
        var silenced = new SilencedTargets(workspace, count, options, cancellationToken);
        using var writer = new LiftWriter(Path.Combine(folder, PairsFile));
        for (int task = 0; task < tasks.Count; task++)
        {
            progress?.Report(new StageProgress("Choosing pairs", task, tasks.Count, "tasks"));
            var path = Path.Combine(folder, $"{tasks[task].Name}{AtomicFile.TemporaryEnding}");
            var selection = new LiftSelection(count.CountersOf(task), count.Terms, ranks, options, path + "p");
            if (selection.Samples == 0)
                continue;
            using var kept = new SpillSort<KeptPair>(path, (int)Math.Clamp(options.Memory / 64, 1024, 16_000_000));
            selection.Into(kept, cancellationToken);
            int targets = 0, last = -1;
            foreach (var pair in kept.Sorted())
            {
                int target = order[pair.Target], history = order[pair.History];
                targets += pair.Target == last ? 0 : 1;
                last = pair.Target;
                writer.Add(new LiftPair(tasks[task].Name, count.Terms.Text(target), count.Terms.Text(history), selection.With(target), selection.With(history), pair.Together, selection.Samples, double.IsNaN(pair.PValue) ? null : pair.PValue));
            }

            var (tooCommon, all, samples) = silenced.Of(tasks[task].Name, selection);
            summaries.Add(new LiftTaskSummary(tasks[task].Name, selection.Samples, all, selection.Pairs, count.CountersOf(task).Sum(c => c.Increments), kept.Count, targets, tooCommon, samples));
        }

        writer.Finish();
        return new LiftSummary(summaries, count.Spills);
    }

    private static IReadOnlyList<TaskDefinition> TasksOf(LiftOptions options)
    {
        if (options.Tasks is null)
            return [.. TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && !t.IsExtra)];
        var tasks = options.Tasks.Select(TaskCatalog.Get).ToHashSet();
        if (tasks.FirstOrDefault(t => t.Kind != TaskKind.Decision || t.TargetFields.Count == 0 || t.IsFreeText) is { } other)
            throw new EhrR1Exception($"The task '{other}' has no items that could go with facts of the record", null, "Name decision tasks other than next_event and discharge");
        return [.. TaskCatalog.Tasks.Where(tasks.Contains)];
    }
}
