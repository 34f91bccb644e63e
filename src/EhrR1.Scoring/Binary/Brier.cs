namespace EhrR1.Scoring;

/// <summary>Brier score over columns: the mean squared distance of the probability from the outcome.</summary>
/// <remarks>BS = Σ wᵢ (pᵢ − yᵢ)² / Σ wᵢ, 0 to 1, smaller is better; 0.25 for always one half. Source: Brier, Monthly Weather
/// Review 78 (1950), in its binary form. NaN over no weight. The metric for samples is <see cref="MeanMetric.Brier"/>.</remarks>
public static class Brier
{
    /// <summary>Computes the score for samples as they are.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <returns>0 to 1, or NaN over no weight.</returns>
    public static double Of(BinaryOutcomes outcomes) => PatientIndex.EvaluateOnce(outcomes, Prepare);

    /// <summary>Sums columns by patient once for any number of evaluations.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <param name="patients">An index that knows every sample's patient.</param>
    /// <returns>The score, ready for any multiplicities.</returns>
    public static IPreparedMetric Prepare(BinaryOutcomes outcomes, PatientIndex patients)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(patients);
        outcomes.RequireProbabilities();
        return new PatientSums(
            Enumerable.Range(0, outcomes.Count).Select(i =>
            {
                double error = outcomes.Probabilities[i] - (outcomes.Labels[i] ? 1 : 0);
                return (patients.PositionOf(outcomes.Patients[i]), error * error, outcomes.WeightAt(i));
            }),
            patients.Count,
            "brier");
    }
}
