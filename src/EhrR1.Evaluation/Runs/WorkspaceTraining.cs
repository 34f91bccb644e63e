using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Gives a baseline the training patients of a workspace, and nobody else.</summary>
public static class WorkspaceTraining
{
    /// <summary>Draws training samples by the rules of the benchmark's draw and fits a baseline on them.</summary>
    /// <param name="name">One of <see cref="Baselines.Names"/>.</param>
    /// <param name="workspace">A workspace with charts and a task index.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="EhrR1Exception">Charts or index are missing, or LightGBM is.</exception>
    public static BaselineModel Fit(string name, Workspace workspace, BaselineOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var (counts, prevalences) = Count(workspace, cancellationToken);
        var draw = new SampleDraw(new DrawOptions
        {
            PerTask = options.SamplesPerTask,
            Split = SplitNames.Train,
            Seed = workspace.Manifest.Seed,
            Filter = DrawFilter.For(workspace.Profile),
        });

        // The index's own weights know the labels of all patients, these the training patients' alone.
        foreach (var row in TrainingRows(workspace, cancellationToken))
            draw.Offer(Weighed(row));
        var selection = draw.Select();
        var samples = Baselines.ReadsInputs(name)
            ? Samples(workspace, IsDrawn, selection.Count, progress, cancellationToken)
            : TrainingRows(workspace, cancellationToken).Where(IsDrawn).Select(r => Of(r, ""));
        return Baselines.Fit(name, samples, prevalences, options, progress, cancellationToken);

        TaskIndexRow Weighed(TaskIndexRow row) => row with { Weight = counts.WeightOf(row) };

        bool IsDrawn(TaskIndexRow row) => row.Split == SplitNames.Train && selection.Contains(Weighed(row));
    }

    /// <summary>The share of yes of each risk task in the whole index: the natural prevalence that balanced benchmarks hide.</summary>
    public static IReadOnlyDictionary<string, double> PrevalencesOfIndex(Workspace workspace)
    {
        if (!TaskIndexStore.Exists(workspace))
            return new Dictionary<string, double>(StringComparer.Ordinal);
        using var index = TaskIndexStore.Open(workspace);
        return index.Manifest.Positives
            .Where(p => index.Manifest.Samples.GetValueOrDefault(p.Key) > 0)
            .ToDictionary(p => p.Key, p => (double)p.Value / index.Manifest.Samples[p.Key], StringComparer.Ordinal);
    }

    // As the benchmark's samples, but for the candidates, which cost more than all the rest.
    private static IEnumerable<TrainingSample> Samples(Workspace workspace, Func<TaskIndexRow, bool> isDrawn, int count, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, candidates: null, index.Manifest.HasDischargeNotes);
        var done = 0L;
        for (var shard = 0; shard < index.Manifest.Shards; shard++)
        {
            var rows = index.ReadShard(shard, cancellationToken).Where(isDrawn).ToLookup(r => r.SubjectId);
            if (rows.Count == 0)
                continue;
            foreach (var chart in charts.ReadShard(shard, cancellationToken))
            {
                foreach (var row in rows[chart.SubjectId])
                    yield return Of(row, builder.Build(chart, row).Prompt);
                progress?.Report(new StageProgress("Reading training samples", done += rows[chart.SubjectId].Count(), count, "samples"));
            }
        }
    }

    private static (LabelCounts Labels, Dictionary<string, double> Prevalences) Count(Workspace workspace, CancellationToken cancellationToken)
    {
        var labels = new LabelCounts();
        var risks = new Dictionary<string, (long Yes, long All)>(StringComparer.Ordinal);
        foreach (var row in TrainingRows(workspace, cancellationToken))
        {
            labels.Add(row);
            if (row.Definition.Kind != TaskKind.Risk)
                continue;
            var (yes, all) = risks.GetValueOrDefault(row.Task);
            risks[row.Task] = (yes + (row.Labels[0] == "yes" ? 1 : 0), all + 1);
        }

        return (labels, risks.ToDictionary(r => r.Key, r => (double)r.Value.Yes / r.Value.All, StringComparer.Ordinal));
    }

    private static IEnumerable<TaskIndexRow> TrainingRows(Workspace workspace, CancellationToken cancellationToken)
    {
        using var index = TaskIndexStore.Open(workspace);
        foreach (var row in index.ReadAll(cancellationToken).Where(r => r.Split == SplitNames.Train && !r.Definition.IsFreeText))
            yield return row;
    }

    private static TrainingSample Of(TaskIndexRow row, string text) => new(new TaskQuestion(row.Id, row.Task, text), row.SubjectId, row.Split, row.Labels);
}
