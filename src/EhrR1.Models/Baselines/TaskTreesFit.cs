using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>Grows the trees of one task.</summary>
/// <remarks>
/// Decisions: the samples of every fifth training patient (by hashed id) are held out to fit the threshold at which a label
/// is answered, as trees look too sure on the rows they were grown on; with fewer than 10 held-out or 40 other samples all
/// serve for both. The columns are the most frequent features in the order of their names.
/// </remarks>
internal static class TaskTreesFit
{
    private const int ThresholdSteps = 50;

    /// <summary>Fits one task; <see langword="null"/> where too few samples have a label for any tree.</summary>
    /// <param name="task">The task.</param>
    /// <param name="samples">Its training samples, in the order of patient and id.</param>
    /// <param name="names">The features' names by number.</param>
    /// <param name="prior">The task's prior.</param>
    /// <param name="options">Settings.</param>
    public static TaskTrees? Fit(TaskDefinition task, IReadOnlyList<FeatureRow> samples, string[] names, TaskPrior prior, BaselineOptions options)
    {
        var (grown, held) = task.Kind == TaskKind.Risk ? ([.. samples], []) : HoldOut([.. samples]);
        var labels = task.Kind == TaskKind.Risk ? RiskLabels(grown, options) : DecisionLabels(grown, options);
        if (labels.Length == 0)
            return null;
        var columns = Columns(grown, names, options);
        using var fit = new LightGbmFit(Matrix(grown, columns, names.Length), options.Trees);
        var keys = grown.Select(KeysOf).ToArray();
        var models = labels.Select(label => fit.Fit([.. keys.Select(k => k.Contains(PriorFit.Key(label)))])).ToArray();
        var trees = new TaskTrees(
            new TaskTreesRecord
            {
                Task = task.Name,
                Samples = grown.Length,
                Labels = labels,
                Prevalence = prior.Prevalence,
                DrawnShare = prior.DrawnShare,
                Parameters = options.Trees.ToParameters(),
                Features = [.. columns.Select(c => names[c])],
            },
            models);
        return task.Kind == TaskKind.Risk ? trees : WithThreshold(trees, held.Length > 0 ? held : grown, columns, names.Length);
    }

    private static (FeatureRow[] Grown, FeatureRow[] Held) HoldOut(FeatureRow[] all)
    {
        // A multiplicative hash (Knuth): neighbouring ids fall into different fifths.
        var held = all.Where(r => ((ulong)r.SubjectId * 0x9E3779B97F4A7C15UL >> 32) % 5 == 0).ToArray();
        return held.Length < 10 || all.Length - held.Length < 40 ? (all, []) : ([.. all.Except(held)], held);
    }

    private static string[] RiskLabels(FeatureRow[] rows, BaselineOptions options)
    {
        var yes = rows.Count(r => r.Labels[0] == "yes");
        return Math.Min(yes, rows.Length - yes) < options.LabelSamples ? [] : ["yes"];
    }

    private static string[] DecisionLabels(FeatureRow[] rows, BaselineOptions options) =>
    [
        .. PriorFit.MostFrequent([.. rows.Select(r => r.Labels)])
            .TakeWhile(l => l.Share * rows.Length >= options.LabelSamples - 0.5)
            .Take(options.TreeLabels)
            .Select(l => l.Label),
    ];

    private static int[] Columns(FeatureRow[] rows, string[] names, BaselineOptions options)
    {
        var frequency = new int[names.Length];
        foreach (var feature in rows.SelectMany(r => r.Features))
            frequency[feature]++;
        var least = Math.Max(options.Trees.RowsPerLeaf, rows.Length / 100);
        return
        [
            .. Enumerable.Range(0, names.Length)
                .Where(f => frequency[f] >= least)
                .OrderByDescending(f => frequency[f])
                .ThenBy(f => names[f], StringComparer.Ordinal)
                .Take(options.Features)
                .OrderBy(f => names[f], StringComparer.Ordinal),
        ];
    }

    private static SparseRows Matrix(FeatureRow[] rows, int[] columns, int features)
    {
        var columnOf = new int[features];
        Array.Fill(columnOf, -1);
        for (var c = 0; c < columns.Length; c++)
            columnOf[columns[c]] = c;
        var matrix = new SparseRows(Math.Max(1, columns.Length));
        foreach (var row in rows)
        {
            foreach (var (column, value) in row.Features.Select((f, i) => (Column: columnOf[f], Value: row.Counts[i])).Where(c => c.Column >= 0).OrderBy(c => c.Column))
                matrix.Add(column, value);
            matrix.EndRow();
        }

        return matrix;
    }

    private static HashSet<string> KeysOf(FeatureRow row) => [.. row.Labels.Select(PriorFit.Key)];

    private static TaskTrees WithThreshold(TaskTrees trees, FeatureRow[] rows, int[] columns, int features)
    {
        var matrix = Matrix(rows, columns, features);
        var labels = trees.Record.Labels.Select(PriorFit.Key).ToArray();
        var sums = new double[ThresholdSteps];
        var dense = new float[matrix.Columns];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix.CopyRow(i, dense);
            var probabilities = trees.Probabilities(dense);
            var truth = KeysOf(rows[i]);
            for (var step = 0; step < sums.Length; step++)
            {
                var (answered, hits) = (0, 0);
                foreach (var label in TaskTrees.Answered(probabilities, ThresholdOf(step)))
                {
                    answered++;
                    hits += truth.Contains(labels[label]) ? 1 : 0;
                }

                sums[step] += 2.0 * hits / (answered + truth.Count);
            }
        }

        var best = 0;
        for (var step = 1; step < sums.Length; step++)
            best = sums[step] > sums[best] ? step : best;
        return new TaskTrees(trees.Record with { Threshold = ThresholdOf(best), ThresholdSamples = rows.Length }, trees.Models);
    }

    private static double ThresholdOf(int step) => (step + 1) / (ThresholdSteps + 1.0);
}
