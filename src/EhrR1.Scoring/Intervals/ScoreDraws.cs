namespace EhrR1.Scoring;

/// <summary>A score with its bootstrap replicates: intervals, macro means and paired differences are read off it.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class ScoreDraws
{
    private readonly double[] _draws;
    private readonly DrawSource _source;

    internal ScoreDraws(double value, double[] draws, DrawSource source)
    {
        Value = value;
        _draws = draws;
        _source = source;
    }

    /// <summary>The score over the samples as they are; NaN where it is not defined.</summary>
    public double Value { get; }

    /// <summary>The replicates, in order; NaN where one is not defined (a class was not drawn).</summary>
    public ReadOnlySpan<double> Draws => _draws;

    /// <summary>The macro mean: the unweighted mean over tasks, in the score and in every replicate.</summary>
    /// <param name="tasks">Scores from one run or from runs with equal seed, replicates and patients.</param>
    /// <returns>The mean with its replicates. Tasks whose score or replicate is not defined are left out of that mean, so
    /// that a task with few yes-patients does not void the others; NaN if none is left.</returns>
    /// <exception cref="ArgumentException">The scores are not of one draw.</exception>
    public static ScoreDraws Mean(IReadOnlyList<ScoreDraws> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0) throw new ArgumentException("The mean of no tasks is not defined.", nameof(tasks));
        foreach (ScoreDraws task in tasks) task.RequireSameDraw(tasks[0]);
        ScoreDraws[] defined = [.. tasks.Where(t => !double.IsNaN(t.Value))];
        var draws = new double[tasks[0]._draws.Length];
        for (int r = 0; r < draws.Length; r++) draws[r] = MeanOfDefined(defined, t => t._draws[r]);
        return new(MeanOfDefined(defined, t => t.Value), draws, tasks[0]._source);
    }

    /// <summary>The paired difference of two scores, replicate by replicate.</summary>
    /// <param name="other">The score that is subtracted: another model on the same samples, or another group.</param>
    /// <returns>This minus <paramref name="other"/>.</returns>
    /// <exception cref="ArgumentException">The scores are not of one draw.</exception>
    public ScoreDraws Minus(ScoreDraws other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireSameDraw(other);
        var draws = new double[_draws.Length];
        for (int r = 0; r < draws.Length; r++) draws[r] = _draws[r] - other._draws[r];
        return new(Value - other.Value, draws, _source);
    }

    /// <summary>The percentile interval: the quantiles of the replicates that are defined.</summary>
    /// <param name="level">Coverage aimed at, between 0 and 1. The default value is 0.95.</param>
    /// <returns>The interval; its bounds are NaN where no replicate is defined.</returns>
    /// <remarks>Quantiles are interpolated linearly (Hyndman and Fan's type 7, as NumPy's default).</remarks>
    public ScoreInterval Interval(double level = 0.95)
    {
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1.");
        double[] sorted = [.. _draws.Where(d => !double.IsNaN(d))];
        Array.Sort(sorted);
        double tail = (1 - level) / 2;
        return new(Value, Quantile(sorted, tail), Quantile(sorted, 1 - tail), level, _draws.Length - sorted.Length);
    }

    /// <summary>The two-sided p of "the true value is 0", for a difference.</summary>
    /// <returns>2 · min((1 + #{d ≤ 0}), (1 + #{d ≥ 0})) / (1 + B), at most 1; NaN where the value or all replicates are not defined.</returns>
    /// <remarks>The share of replicates beyond zero, doubled (the level at which the percentile interval just excludes 0);
    /// one is added to both counts so that p is never 0 (Davison and Hinkley, Bootstrap Methods, 1997, section 4.2).</remarks>
    public double PValue()
    {
        int below = 0, above = 0, defined = 0;
        foreach (double d in _draws)
        {
            if (double.IsNaN(d)) continue;
            defined++;
            if (d <= 0) below++;
            if (d >= 0) above++;
        }

        return defined == 0 || double.IsNaN(Value) ? double.NaN : Math.Min(1, 2.0 * (1 + Math.Min(below, above)) / (1 + defined));
    }

    private static double Quantile(double[] sorted, double q)
    {
        if (sorted.Length == 0) return double.NaN;
        double position = q * (sorted.Length - 1);
        int lower = (int)position;
        int upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
    }

    private static double MeanOfDefined(ScoreDraws[] tasks, Func<ScoreDraws, double> value)
    {
        double sum = 0;
        int defined = 0;
        foreach (ScoreDraws task in tasks)
        {
            double v = value(task);
            if (double.IsNaN(v)) continue;
            sum += v;
            defined++;
        }

        return defined == 0 ? double.NaN : sum / defined;
    }

    private void RequireSameDraw(ScoreDraws other)
    {
        if (_source != other._source)
            throw new ArgumentException("Scores of different draws cannot be combined: they need one index of patients, one seed and one number of replicates.", nameof(other));
    }
}
