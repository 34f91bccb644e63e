using CsCheck;

namespace EhrR1.Scoring.Tests;

/// <summary>Generated columns of a risk task: few distinct probabilities, so that ties are common, and few patients.</summary>
internal sealed record RiskColumns(double[] Probabilities, bool[] Labels, double[]? Weights, long[] Patients)
{
    private static readonly Gen<double> Tied = Gen.Int[0, 8].Select(i => i / 8.0);

    public static Gen<RiskColumns> Unweighted { get; } = Columns(weighted: false);

    public static Gen<RiskColumns> Weighted { get; } = Columns(weighted: true);

    public BinaryOutcomes Outcomes => new(Probabilities, Labels, Weights, Patients);

    /// <summary>Each sample's weight times its patient's count.</summary>
    public double[] WeightsUnder(ReadOnlySpan<int> counts, PatientIndex patients)
    {
        var weights = new double[Labels.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = (Weights?[i] ?? 1) * counts[patients.PositionOf(Patients[i])];
        return weights;
    }

    private static Gen<RiskColumns> Columns(bool weighted) =>
        Gen.Select(
            Gen.Frequency((3, Tied), (1, Gen.Double[0, 1])),
            Gen.Bool,
            Gen.Frequency((4, Gen.Double[0.01, 5]), (1, Gen.Const(0.0))),
            Gen.Int[1, 9]).Array[0, 60].Select(rows => new RiskColumns(
                [.. rows.Select(r => r.Item1)],
                [.. rows.Select(r => r.Item2)],
                weighted ? [.. rows.Select(r => r.Item3)] : null,
                [.. rows.Select(r => (long)r.Item4 * 1000)]));
}
