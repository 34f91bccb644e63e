namespace EhrR1.Scoring;

/// <summary>The four weighted counts of saying yes at a threshold and above, with the shares read off them.</summary>
/// <param name="TruePositives">Weight of yes-samples called yes.</param>
/// <param name="FalsePositives">Weight of no-samples called yes.</param>
/// <param name="TrueNegatives">Weight of no-samples called no.</param>
/// <param name="FalseNegatives">Weight of yes-samples called no.</param>
/// <remarks>Every share is NaN where its denominator is 0.</remarks>
public readonly record struct ConfusionCounts(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    /// <summary>Weight of all yes-samples.</summary>
    public double Yes => TruePositives + FalseNegatives;

    /// <summary>Weight of all no-samples.</summary>
    public double No => FalsePositives + TrueNegatives;

    /// <summary>Weight of all samples.</summary>
    public double Total => Yes + No;

    /// <summary>Share of the yes-samples called yes (recall).</summary>
    public double Sensitivity => TruePositives / Yes;

    /// <summary>Share of the no-samples called no.</summary>
    public double Specificity => TrueNegatives / No;

    /// <summary>Share of those called yes that are (positive predictive value).</summary>
    public double Precision => TruePositives / (TruePositives + FalsePositives);

    /// <summary>Share of those called no that are (negative predictive value).</summary>
    public double NegativePredictiveValue => TrueNegatives / (TrueNegatives + FalseNegatives);

    /// <summary>Share called rightly.</summary>
    public double Accuracy => (TruePositives + TrueNegatives) / Total;

    /// <summary>Share of yes.</summary>
    public double Prevalence => Yes / Total;

    /// <summary>F1 of the class yes.</summary>
    public double F1 => 2 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Counts samples at a threshold.</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <param name="threshold">The smallest prediction that is called yes.</param>
    /// <returns>The weighted counts.</returns>
    public static ConfusionCounts At(BinaryOutcomes outcomes, double threshold)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double tp = 0, fp = 0, tn = 0, fn = 0;
        for (int i = 0; i < outcomes.Count; i++)
        {
            double weight = outcomes.WeightAt(i);
            switch (outcomes.Probabilities[i] >= threshold, outcomes.Labels[i])
            {
                case (true, true): tp += weight; break;
                case (true, false): fp += weight; break;
                case (false, false): tn += weight; break;
                default: fn += weight; break;
            }
        }

        return new(tp, fp, tn, fn);
    }
}
