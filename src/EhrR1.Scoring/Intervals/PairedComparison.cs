namespace EhrR1.Scoring;

/// <summary>Two models on the same samples: both scores, their difference and its test.</summary>
/// <param name="First">The first model's score.</param>
/// <param name="Second">The second model's score.</param>
/// <param name="Difference">First minus second, with its paired interval.</param>
/// <param name="PValue">Two-sided p of no difference (<see cref="ScoreDraws.PValue"/>); not corrected for the number of
/// comparisons (see <see cref="HolmAdjustment"/>).</param>
/// <remarks>Paired: in each replicate both models are scored on the same drawn patients, so what makes a patient hard for
/// both cancels out.</remarks>
public sealed record PairedComparison(ScoreInterval First, ScoreInterval Second, ScoreInterval Difference, double PValue)
{
    /// <summary>Compares two scores of one draw.</summary>
    /// <param name="first">The first model's score.</param>
    /// <param name="second">The second model's score, of the same draw.</param>
    /// <param name="level">Coverage aimed at. The default value is 0.95.</param>
    /// <returns>The comparison.</returns>
    public static PairedComparison Of(ScoreDraws first, ScoreDraws second, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ScoreDraws difference = first.Minus(second);
        return new(first.Interval(level), second.Interval(level), difference.Interval(level), difference.PValue());
    }

    /// <summary>Scores and compares two models on the same samples of one task.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="first">The first model's answers.</param>
    /// <param name="second">The second model's answers to the same samples, in any order.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>The comparison, at 95 %.</returns>
    /// <exception cref="ArgumentException">The two do not hold the same sample ids once each.</exception>
    public static PairedComparison Of(
        IMetric metric, IReadOnlyList<AnsweredSample> first, IReadOnlyList<AnsweredSample> second, BootstrapOptions? options = null, CancellationToken cancellation = default) =>
        OfTasks(metric, [first], [second], options, cancellation);

    /// <summary>Scores and compares two models' macro means over the same tasks, patients drawn jointly across tasks.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="first">The first model's answers, one list a task.</param>
    /// <param name="second">The second model's answers to the same samples, one list a task in the same order.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>The comparison of the macro means, at 95 %.</returns>
    /// <exception cref="ArgumentException">A task's two lists do not hold the same sample ids once each.</exception>
    public static PairedComparison OfTasks(
        IMetric metric,
        IReadOnlyList<IReadOnlyList<AnsweredSample>> first,
        IReadOnlyList<IReadOnlyList<AnsweredSample>> second,
        BootstrapOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count) throw new ArgumentException($"{first.Count} tasks cannot be compared with {second.Count}.", nameof(second));
        for (int task = 0; task < first.Count; task++) RequireSameSamples(first[task], second[task]);
        var patients = PatientIndex.Of([.. first]);
        IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run(
            [.. first.Concat(second).Select(samples => metric.Prepare(samples, patients))], patients, options, cancellation);
        return Of(ScoreDraws.Mean([.. draws.Take(first.Count)]), ScoreDraws.Mean([.. draws.Skip(first.Count)]));
    }

    private static void RequireSameSamples(IReadOnlyList<AnsweredSample> first, IReadOnlyList<AnsweredSample> second)
    {
        var ids = first.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        if (ids.Count != first.Count || second.Count != first.Count || !ids.SetEquals(second.Select(s => s.Id)))
            throw new ArgumentException($"The two models did not answer the same samples ({first.Count} and {second.Count}, each id once); a paired test needs that.", nameof(second));
    }
}
