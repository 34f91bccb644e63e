namespace EhrR1.Scoring;

/// <summary>One bin of a reliability diagram: what was predicted in it against what came true.</summary>
/// <param name="From">Lower bound of the bin's probabilities, included.</param>
/// <param name="To">Upper bound, not included but in the last bin.</param>
/// <param name="Samples">Number of samples in the bin.</param>
/// <param name="Weight">Sum of their weights.</param>
/// <param name="MeanPredicted">Weighted mean probability; NaN in a bin of no weight.</param>
/// <param name="ObservedRate">Weighted share of yes; NaN in a bin of no weight.</param>
public readonly record struct ReliabilityBin(double From, double To, int Samples, double Weight, double MeanPredicted, double ObservedRate)
{
    /// <summary>Makes the reliability diagram of a risk task: bins of equal width from 0 to 1, empty ones included.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <param name="bins">Number of bins, at least 1. The default value is 10, as in <see cref="CalibrationError"/>.</param>
    /// <returns>The bins in rising order.</returns>
    public static IReadOnlyList<ReliabilityBin> Diagram(BinaryOutcomes outcomes, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        outcomes.RequireProbabilities();
        var samples = new int[bins];
        var weight = new double[bins];
        var predicted = new double[bins];
        var yes = new double[bins];
        for (int i = 0; i < outcomes.Count; i++)
        {
            int bin = IndexOf(outcomes.Probabilities[i], bins);
            double w = outcomes.WeightAt(i);
            samples[bin]++;
            weight[bin] += w;
            predicted[bin] += w * outcomes.Probabilities[i];
            if (outcomes.Labels[i]) yes[bin] += w;
        }

        return [.. Enumerable.Range(0, bins).Select(b => new ReliabilityBin(
            (double)b / bins,
            (double)(b + 1) / bins,
            samples[b],
            weight[b],
            weight[b] > 0 ? predicted[b] / weight[b] : double.NaN,
            weight[b] > 0 ? yes[b] / weight[b] : double.NaN))];
    }

    internal static int IndexOf(double probability, int bins) => Math.Min((int)(probability * bins), bins - 1);
}
