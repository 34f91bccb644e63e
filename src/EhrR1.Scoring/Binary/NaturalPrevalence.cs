namespace EhrR1.Scoring;

/// <summary>Undoes balancing: weights that give yes the share it has in the hospital.</summary>
/// <remarks>EHR-Bench draws as many yes as no, which flatters precision, Brier, calibration and net benefit. Each class's
/// weights are scaled by one factor, so that the weighted share of yes becomes the natural one and the total weight
/// stays: w′ = w · π / s for yes, w · (1 − π) / (1 − s) for no, with s the weighted share of yes before. AUROC does not
/// change. (Elkan, "The foundations of cost-sensitive learning", IJCAI 2001, section 2, as prior shift.)</remarks>
public static class NaturalPrevalence
{
    /// <summary>Gives outcomes the weights of a natural prevalence.</summary>
    /// <param name="outcomes">Samples, balanced or not.</param>
    /// <param name="prevalence">The natural share of yes, 0 to 1.</param>
    /// <returns>The same samples under new weights; <see langword="null"/> where a class has no weight, since no factor
    /// could bring it back.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The prevalence is not between 0 and 1.</exception>
    public static BinaryOutcomes? Reweight(BinaryOutcomes outcomes, double prevalence)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return Factors(outcomes.Count, i => outcomes.Labels[i], outcomes.WeightAt, prevalence) is var (yes, no)
            ? outcomes.WithWeights([.. Enumerable.Range(0, outcomes.Count).Select(i => outcomes.WeightAt(i) * (outcomes.Labels[i] ? yes : no))])
            : null;
    }

    /// <summary>Gives answered risk samples the weights of a natural prevalence.</summary>
    /// <param name="samples">Risk samples, balanced or not.</param>
    /// <param name="prevalence">The natural share of yes, 0 to 1.</param>
    /// <returns>The same samples under new weights; <see langword="null"/> where a class has no weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The prevalence is not between 0 and 1.</exception>
    public static IReadOnlyList<AnsweredSample>? Reweight(IReadOnlyList<AnsweredSample> samples, double prevalence)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Factors(samples.Count, i => samples[i].IsYes, i => samples[i].Weight, prevalence) is var (yes, no)
            ? [.. samples.Select(s => s with { Weight = s.Weight * (s.IsYes ? yes : no) })]
            : null;
    }

    private static (double Yes, double No)? Factors(int count, Func<int, bool> isYes, Func<int, double> weight, double prevalence)
    {
        if (!(prevalence is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(prevalence), prevalence, "A prevalence lies between 0 and 1.");
        double yes = 0, all = 0;
        for (int i = 0; i < count; i++)
        {
            all += weight(i);
            if (isYes(i)) yes += weight(i);
        }

        return yes > 0 && yes < all ? (prevalence * all / yes, (1 - prevalence) * all / (all - yes)) : null;
    }
}
