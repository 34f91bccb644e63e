namespace EhrR1.Models;

/// <summary>The fitted trees of one task: one ensemble for a risk task, one a label for a decision task.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
internal sealed class TaskTrees
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _columns;
    private readonly TreeEnsemble[] _ensembles;

    public TaskTrees(TaskTreesRecord record, IReadOnlyList<string> models)
    {
        Record = record;
        Models = models;
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < record.Features.Count; i++)
            columns.Add(record.Features[i], i);
        _columns = columns.GetAlternateLookup<ReadOnlySpan<char>>();
        _ensembles = [.. models.Select(TreeEnsemble.Parse)];
    }

    public TaskTreesRecord Record { get; }

    /// <summary>LightGBM's text of each ensemble, in the order of the labels.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The raw probabilities for an input, one an ensemble.</summary>
    public double[] Probabilities(string text)
    {
        var row = new float[Record.Features.Count];
        var sink = new Sink(_columns, row);
        InputFeatures.Count(text, ref sink);
        return Probabilities(row);
    }

    /// <summary>The raw probabilities for a row of features.</summary>
    public double[] Probabilities(ReadOnlySpan<float> row)
    {
        var result = new double[_ensembles.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = _ensembles[i].Probability(row);
        return result;
    }

    /// <summary>The labels above the threshold, best first; the best one if none is.</summary>
    public IReadOnlyList<string> Items(double[] probabilities) =>
    [
        .. Answered(probabilities, Record.Threshold).Select(i => Record.Labels[i]),
    ];

    /// <summary>
    /// The probability of yes at the prevalence of the training split: the odds of the drawn samples times the ratio of the odds
    /// (Elkan, IJCAI 2001), because a draw may hold more yes than there is.
    /// </summary>
    public double AtPrevalence(double probability)
    {
        if (Record is not { Prevalence: > 0 and < 1 and { } natural, DrawnShare: > 0 and < 1 and { } drawn })
            return probability;
        var odds = probability / (1 - probability) * (natural / (1 - natural)) / (drawn / (1 - drawn));
        return odds / (1 + odds);
    }

    /// <summary>The positions of the labels above a threshold, best first, ties by position; the best one if none is.</summary>
    public static IEnumerable<int> Answered(double[] probabilities, double threshold)
    {
        var order = Enumerable.Range(0, probabilities.Length).OrderByDescending(i => probabilities[i]).ThenBy(i => i);
        return order.TakeWhile((i, rank) => rank == 0 || probabilities[i] >= threshold);
    }

    private readonly struct Sink(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> columns, float[] row) : IFeatureSink
    {
        public void Add(ReadOnlySpan<char> name, float value)
        {
            if (columns.TryGetValue(name, out var column))
                row[column] += value;
        }
    }
}

/// <summary>What stands beside the trees of a task: the file <c>gbm/&lt;task&gt;.json</c>.</summary>
internal sealed record TaskTreesRecord
{
    public required string Task { get; init; }

    /// <summary>The training samples that the trees were grown on.</summary>
    public required int Samples { get; init; }

    /// <summary>The training samples that the threshold was fitted on.</summary>
    public int ThresholdSamples { get; init; }

    /// <summary>The label of each ensemble; <c>yes</c> alone for a risk task.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>From which probability on a label is answered.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Risk tasks: the share of yes in the training split.</summary>
    public double? Prevalence { get; init; }

    /// <summary>Risk tasks: the share of yes among the drawn samples.</summary>
    public double? DrawnShare { get; init; }

    /// <summary>LightGBM's parameters.</summary>
    public required string Parameters { get; init; }

    /// <summary>The features by column; <c>Column_3</c> of the trees is the fourth.</summary>
    public required IReadOnlyList<string> Features { get; init; }
}
