namespace EhrR1.Scoring;

/// <summary>Predicted probabilities with what came true, as columns: the input of every metric of a risk task.</summary>
/// <remarks>All columns have one length, which may be 0. Immutable; safe to share between threads.</remarks>
public sealed class BinaryOutcomes
{
    /// <summary>Takes over the columns; they must not be changed afterwards.</summary>
    /// <param name="probabilities">The predictions, finite. Ranking metrics take any scale; Brier, calibration and net benefit need 0 to 1.</param>
    /// <param name="labels">What came true.</param>
    /// <param name="weights">Finite, not negative; <see langword="null"/> for all 1.</param>
    /// <param name="patients">The patient of each sample; <see langword="null"/> where each sample is a patient of its own (numbered from 0).</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of range.</exception>
    public BinaryOutcomes(double[] probabilities, bool[] labels, double[]? weights = null, long[]? patients = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        int n = probabilities.Length;
        if (labels.Length != n || (weights is not null && weights.Length != n) || (patients is not null && patients.Length != n))
            throw new ArgumentException($"Columns differ in length: {n} probabilities, {labels.Length} labels, {weights?.Length ?? n} weights, {patients?.Length ?? n} patients.");
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(probabilities[i])) throw new ArgumentException($"Probability {i} is {probabilities[i]}; it must be finite.", nameof(probabilities));
            if (weights is not null && !(double.IsFinite(weights[i]) && weights[i] >= 0))
                throw new ArgumentException($"Weight {i} is {weights[i]}; it must be finite and not negative.", nameof(weights));
        }

        Probabilities = probabilities;
        Labels = labels;
        Weights = weights is null || weights.All(w => w == 1) ? null : weights;
        Patients = patients ?? [.. Enumerable.Range(0, n).Select(i => (long)i)];
    }

    /// <summary>Number of samples.</summary>
    public int Count => Probabilities.Length;

    /// <summary>Predicted probability of yes (or any score), one a sample.</summary>
    public double[] Probabilities { get; }

    /// <summary>Whether yes came true, one a sample.</summary>
    public bool[] Labels { get; }

    /// <summary>Weights, one a sample; <see langword="null"/> where all are 1.</summary>
    public double[]? Weights { get; }

    /// <summary>Patients, one a sample.</summary>
    public long[] Patients { get; }

    /// <summary>Takes the columns out of answered risk samples.</summary>
    /// <param name="samples">Samples with a probability and a truth of yes or no.</param>
    /// <returns>The columns, in the same order.</returns>
    /// <exception cref="ArgumentException">A sample has no probability, or its truth is not yes or no.</exception>
    public static BinaryOutcomes From(IReadOnlyList<AnsweredSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(
            [.. samples.Select(ProbabilityOf)],
            [.. samples.Select(s => s.IsYes)],
            [.. samples.Select(s => s.Weight)],
            [.. samples.Select(s => s.Patient)]);
    }

    /// <summary>The same samples under other weights.</summary>
    /// <param name="weights">Finite, not negative, one a sample; <see langword="null"/> for all 1.</param>
    /// <returns>Columns that share all but the weights.</returns>
    public BinaryOutcomes WithWeights(double[]? weights) => new(Probabilities, Labels, weights, Patients);

    internal double WeightAt(int i) => Weights is null ? 1 : Weights[i];

    internal void RequireProbabilities()
    {
        foreach (double p in Probabilities)
        {
            if (p is < 0 or > 1) throw new ArgumentException($"{p} is no probability: calibration and net benefit need values from 0 to 1.");
        }
    }

    internal static double ProbabilityOf(AnsweredSample sample) => sample.Probability
        ?? throw new ArgumentException($"Sample {sample.Id} has no probability of yes; a risk metric needs one for every sample.");
}
