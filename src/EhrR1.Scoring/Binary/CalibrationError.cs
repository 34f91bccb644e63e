using System.Runtime.Intrinsics;

namespace EhrR1.Scoring;

/// <summary>Expected calibration error: how far probabilities lie from observed rates, averaged over bins.</summary>
/// <remarks>
/// <para>ECE = Σ_b W_b / W · |mean p in b − observed rate in b|, over bins of equal width in [0, 1]: bin k holds p with
/// ⌊p · bins⌋ = k, and p = 1 belongs to the last. Empty bins add nothing. 0 to 1, smaller is better; NaN over no weight.
/// Source: Naeini, Cooper and Hauskrecht, AAAI 2015; 10 bins as there.</para>
/// <para>The measure is biased upwards on few samples: compare it on like samples only. Stateless.</para>
/// </remarks>
public sealed class CalibrationError : IMetric
{
    /// <summary>Number of bins, at least 1. The default value is 10.</summary>
    public int Bins { get; init; } = 10;

    /// <inheritdoc/>
    public string Name => "ece";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>Computes the error for samples as they are.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <returns>0 to 1, or NaN over no weight.</returns>
    public static double Of(BinaryOutcomes outcomes, int bins = 10) =>
        PatientIndex.EvaluateOnce(outcomes, (o, patients) => Prepare(o, patients, bins));

    /// <inheritdoc/>
    public IPreparedMetric Prepare(IReadOnlyList<AnsweredSample> samples, PatientIndex patients) =>
        Prepare(BinaryOutcomes.From(samples), patients, Bins);

    /// <summary>Puts columns into bins once for any number of evaluations.</summary>
    /// <param name="outcomes">Probabilities from 0 to 1, with outcomes and weights.</param>
    /// <param name="patients">An index that knows every sample's patient.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <returns>The error, ready for any multiplicities.</returns>
    public static IPreparedMetric Prepare(BinaryOutcomes outcomes, PatientIndex patients, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        outcomes.RequireProbabilities();
        return new Prepared(
            [.. Enumerable.Range(0, outcomes.Count).Select(i => new Row(
                patients.PositionOf(outcomes.Patients[i]),
                ReliabilityBin.IndexOf(outcomes.Probabilities[i], bins),
                outcomes.WeightAt(i),
                outcomes.WeightAt(i) * (outcomes.Probabilities[i] - (outcomes.Labels[i] ? 1 : 0))))],
            bins,
            patients.Count);
    }

    private readonly record struct Row(int Position, int Bin, double Weight, double Excess);

    // W_b / W · |mean p − rate| is |Σ w (p − y)| / W: one sum a bin is enough.
    private sealed class Prepared(Row[] rows, int bins, int patients) : ILanedMetric
    {
        public double Evaluate(ReadOnlySpan<int> patientCounts)
        {
            PatientIndex.CheckCounts(patientCounts, patients);
            Span<double> excess = bins <= 256 ? stackalloc double[bins] : new double[bins];
            excess.Clear();
            double all = 0;
            foreach (ref readonly Row row in rows.AsSpan())
            {
                double count = patientCounts[row.Position];
                all += count * row.Weight;
                excess[row.Bin] += count * row.Excess;
            }

            double sum = 0;
            foreach (double e in excess) sum += Math.Abs(e);
            return all > 0 ? sum / all : double.NaN;
        }

        public Vector256<double> EvaluateLanes(ReadOnlySpan<float> counts)
        {
            Lanes.Check(counts, patients);
            var excess = new Vector256<double>[bins];
            Vector256<double> all = default, sum = default;
            foreach (ref readonly Row row in rows.AsSpan())
            {
                Vector256<double> count = Lanes.At(counts, row.Position);
                all += count * row.Weight;
                excess[row.Bin] += count * row.Excess;
            }

            foreach (Vector256<double> e in excess) sum += Vector256.Abs(e);
            return Vector256.ConditionalSelect(Vector256.GreaterThan(all, default), sum / all, Lanes.NaN);
        }
    }
}
