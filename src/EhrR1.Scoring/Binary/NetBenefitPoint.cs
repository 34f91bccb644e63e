namespace EhrR1.Scoring;

/// <summary>One point of a decision curve: what acting on the model is worth at one threshold probability.</summary>
/// <param name="Threshold">The probability from which one would act, above 0 and below 1.</param>
/// <param name="Model">Net benefit of acting where the model says at least the threshold.</param>
/// <param name="TreatAll">Net benefit of acting on everyone; acting on no one has 0.</param>
/// <remarks>Net benefit = TP/N − FP/N · t/(1 − t), in true positives a sample. Source: Vickers and Elkin, Medical Decision
/// Making 26 (2006). It depends on the prevalence: on balanced samples re-weight first
/// (<see cref="NaturalPrevalence"/>).</remarks>
public readonly record struct NetBenefitPoint(double Threshold, double Model, double TreatAll)
{
    /// <summary>Makes the decision curve.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <param name="thresholds">Thresholds, above 0 and below 1; <see langword="null"/> for 0.01, 0.02, … 0.99.</param>
    /// <returns>One point a threshold, in the order given; the benefits are NaN over no weight.</returns>
    public static IReadOnlyList<NetBenefitPoint> Curve(BinaryOutcomes outcomes, IReadOnlyList<double>? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        outcomes.RequireProbabilities();
        thresholds ??= [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];
        return [.. thresholds.Select(t => At(outcomes, t))];
    }

    private static NetBenefitPoint At(BinaryOutcomes outcomes, double threshold)
    {
        if (!(threshold > 0 && threshold < 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold probability lies between 0 and 1.");
        ConfusionCounts at = ConfusionCounts.At(outcomes, threshold);
        double odds = threshold / (1 - threshold);
        return new(
            threshold,
            (at.TruePositives - (odds * at.FalsePositives)) / at.Total,
            (at.Yes - (odds * at.No)) / at.Total);
    }
}
