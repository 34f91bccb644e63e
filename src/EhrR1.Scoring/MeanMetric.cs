using System.Globalization;

namespace EhrR1.Scoring;

/// <summary>A metric that is the weighted mean of a value of each sample.</summary>
/// <remarks>Not defined (<see cref="double.NaN"/>) over no samples, or where all weights are zero. Stateless as long as the
/// given function is.</remarks>
public sealed class MeanMetric : IMetric
{
    private readonly Func<AnsweredSample, double> _value;

    /// <summary>Makes a metric of a function of one sample.</summary>
    /// <param name="name">Short lower-case name.</param>
    /// <param name="higherIsBetter">Whether a greater value is the better one.</param>
    /// <param name="value">The sample's value; finite.</param>
    public MeanMetric(string name, bool higherIsBetter, Func<AnsweredSample, double> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        HigherIsBetter = higherIsBetter;
        _value = value;
    }

    /// <summary>Mean F1 of the answered sets: the score of a decision task.</summary>
    public static MeanMetric F1 { get; } = new("f1", true, s => ReadOf(s).F1);

    /// <summary>Mean F1 as the scorer published with EHR-R1 reads answers: one item a line, exact strings, nothing forgiven.</summary>
    /// <remarks>But for empty lines, which it counts as wrong items and this does not.</remarks>
    public static MeanMetric StrictF1 { get; } = new("f1_strict", true, s => (s.ReadStrictly ?? SetScore.Of(s.Output, s.Truth)).F1);

    /// <summary>Mean precision of the answered sets.</summary>
    public static MeanMetric Precision { get; } = new("precision", true, s => ReadOf(s).Precision);

    /// <summary>Mean recall of the answered sets.</summary>
    public static MeanMetric Recall { get; } = new("recall", true, s => ReadOf(s).Recall);

    /// <summary>Share of risk samples whose written yes or no is the true one; an unreadable answer is wrong.</summary>
    public static MeanMetric Accuracy { get; } = new("accuracy", true, s => AnswerReader.ReadYesNo(s.Output) == s.IsYes ? 1 : 0);

    /// <summary>Brier score: mean of (P(yes) − outcome)², 0 to 1, smaller is better.</summary>
    /// <remarks>Source: Brier, Monthly Weather Review 78 (1950), in its binary form (half of his two-class sum).</remarks>
    public static MeanMetric Brier { get; } = new("brier", false, s =>
    {
        double error = BinaryOutcomes.ProbabilityOf(s) - (s.IsYes ? 1 : 0);
        return error * error;
    });

    /// <summary>Mean ROUGE-1 F of the written text against the true one, with stemming.</summary>
    public static MeanMetric Rouge1 { get; } = new("rouge1", true, s =>
        RougeScore.Rouge1(AnswerReader.AfterThinking(s.Output), string.Join('\n', s.Truth)).F1);

    /// <summary>Net benefit of acting where P(yes) is at least a threshold, as in <see cref="NetBenefitPoint"/>.</summary>
    /// <param name="threshold">The probability from which one would act, above 0 and below 1.</param>
    /// <returns>The metric; its mean is TP/N − FP/N · t/(1 − t).</returns>
    public static MeanMetric NetBenefit(double threshold)
    {
        if (!(threshold > 0 && threshold < 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold probability lies between 0 and 1.");
        double harm = -threshold / (1 - threshold);
        return new(string.Create(CultureInfo.InvariantCulture, $"net_benefit@{threshold}"), true, s =>
            BinaryOutcomes.ProbabilityOf(s) < threshold ? 0 : s.IsYes ? 1 : harm);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter { get; }

    /// <inheritdoc/>
    public IPreparedMetric Prepare(IReadOnlyList<AnsweredSample> samples, PatientIndex patients)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(patients);
        return new PatientSums(samples.Select(s => (patients.PositionOf(s.Patient), _value(s), s.Weight)), patients.Count, Name);
    }

    /// <summary>Prepares the mean of values that are known already, as for a run log that holds each sample's score.</summary>
    /// <param name="values">One finite value a sample.</param>
    /// <param name="samplePatients">The samples' patients, of the same length.</param>
    /// <param name="patients">An index that knows them all.</param>
    /// <param name="weights">The samples' weights, of the same length; empty for all 1.</param>
    /// <returns>The mean, ready for any multiplicities.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value or weight is out of range.</exception>
    public static IPreparedMetric PrepareValues(
        IReadOnlyList<double> values, IReadOnlyList<long> samplePatients, PatientIndex patients, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(samplePatients);
        ArgumentNullException.ThrowIfNull(patients);
        if (values.Count != samplePatients.Count || (weights is not null && weights.Count != values.Count))
            throw new ArgumentException($"{values.Count} values, {samplePatients.Count} patients and {weights?.Count} weights do not match.", nameof(values));
        return new PatientSums(
            Enumerable.Range(0, values.Count).Select(i => (patients.PositionOf(samplePatients[i]), values[i], weights?[i] ?? 1)), patients.Count, "mean");
    }
    private static SetScore ReadOf(AnsweredSample sample) => sample.Read ?? SetScore.Of(sample.Output, sample.Truth);
}
