namespace EhrR1.Scoring;

/// <summary>One point of a ROC curve: what follows from saying yes at this probability and above.</summary>
/// <param name="Threshold">The smallest probability that is called yes; positive infinity at the origin.</param>
/// <param name="FalsePositiveRate">Share of the no-samples called yes, 0 to 1.</param>
/// <param name="TruePositiveRate">Share of the yes-samples called yes (sensitivity), 0 to 1.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate)
{
    /// <summary>Makes the ROC curve, from (0, 0) to (1, 1).</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <param name="everyThreshold">Whether points on a straight line between their neighbours are kept; without them the
    /// curve looks the same and is much smaller. The default value is <see langword="false"/>.</param>
    /// <returns>Points in falling order of threshold; its trapezoidal area is the <see cref="Auroc"/>. Empty where a class
    /// has no weight.</returns>
    public static IReadOnlyList<RocPoint> Curve(BinaryOutcomes outcomes, bool everyThreshold = false)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        int[] order = [.. Enumerable.Range(0, outcomes.Count)];
        Array.Sort(order, (a, b) => outcomes.Probabilities[b].CompareTo(outcomes.Probabilities[a]));
        var points = new List<(double Threshold, double No, double Yes)> { (double.PositiveInfinity, 0, 0) };
        double yes = 0, no = 0;
        for (int i = 0; i < order.Length; i++)
        {
            double threshold = outcomes.Probabilities[order[i]];
            if (outcomes.Labels[order[i]]) yes += outcomes.WeightAt(order[i]);
            else no += outcomes.WeightAt(order[i]);
            if (i + 1 < order.Length && outcomes.Probabilities[order[i + 1]] == threshold) continue;
            if (!everyThreshold && points.Count > 1 && OnOneLine(points[^2], points[^1], (threshold, no, yes))) points[^1] = (threshold, no, yes);
            else points.Add((threshold, no, yes));
        }

        return yes > 0 && no > 0 ? [.. points.Select(p => new RocPoint(p.Threshold, p.No / no, p.Yes / yes))] : [];
    }

    private static bool OnOneLine((double Threshold, double No, double Yes) a, (double Threshold, double No, double Yes) b, (double Threshold, double No, double Yes) c) =>
        (b.No - a.No) * (c.Yes - b.Yes) == (c.No - b.No) * (b.Yes - a.Yes);
}
