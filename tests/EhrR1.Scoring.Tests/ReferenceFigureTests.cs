using System.Text.Json;

namespace EhrR1.Scoring.Tests;

/// <summary>Agreement with the figures of scikit-learn and SciPy in Fixtures/reference.json (see make_reference_fixtures.py beside it).</summary>
public sealed class ReferenceFigureTests
{
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Fixture _fixture = JsonSerializer.Deserialize<Fixture>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "reference.json")), _snake)!;

    private sealed record Fixture(double[] Thresholds, RiskCase[] Risks, SetCase[] Sets, QuantileCase[] Quantiles);

    private sealed record RiskCase(double[] P, int[] Y, double Prevalence, double Auroc, double MannWhitney, double Auprc, double Brier, double Ece, double[] NetBenefit);

    private sealed record SetCase(int[][] Truth, int[][] Answer, double F1, double Precision, double Recall);

    private sealed record QuantileCase(double[] Values, double[] Q);

    public static TheoryData<int> Risks => [.. Enumerable.Range(0, 3)];

    [Theory]
    [MemberData(nameof(Risks))]
    public void AtTheNaturalPrevalence_AllFigures_AgreeWithWeightedOnes(int index)
    {
        RiskCase risk = _fixture.Risks[index];
        BinaryOutcomes drawn = new(risk.P, [.. risk.Y.Select(y => y == 1)]);
        BinaryOutcomes natural = NaturalPrevalence.Reweight(drawn, risk.Prevalence).ShouldNotBeNull();
        Auroc.Of(drawn).ShouldBe(risk.Auroc, 1e-12);
        Auroc.Of(natural).ShouldBe(risk.MannWhitney, 1e-12);
        AveragePrecision.Of(natural).ShouldBe(risk.Auprc, 1e-12);
        Brier.Of(natural).ShouldBe(risk.Brier, 1e-12);
        CalibrationError.Of(natural).ShouldBe(risk.Ece, 1e-12);
        NetBenefitPoint[] curve = [.. NetBenefitPoint.Curve(natural, _fixture.Thresholds)];
        for (int t = 0; t < curve.Length; t++) curve[t].Model.ShouldBe(risk.NetBenefit[t], 1e-12);
    }

    [Fact]
    public void SetScores_OfRandomSets_AgreeWithTheSamplesAverage()
    {
        foreach (SetCase sets in _fixture.Sets)
        {
            AnsweredSample[] samples = [.. sets.Truth.Zip(sets.Answer, (truth, answer) => new AnsweredSample
            {
                Id = "x", Patient = 1, Truth = [.. truth.Select(i => $"item {i}")], Output = string.Join('\n', answer.Select(i => $"Item {i}")),
            })];
            PatientIndex patients = PatientIndex.Of(samples);
            double Of(MeanMetric metric) => metric.Prepare(samples, patients).Evaluate(patients.EachOnce());
            Of(MeanMetric.F1).ShouldBe(sets.F1, 1e-12);
            Of(MeanMetric.Precision).ShouldBe(sets.Precision, 1e-12);
            Of(MeanMetric.Recall).ShouldBe(sets.Recall, 1e-12);
        }
    }

    [Fact]
    public void Interval_OfGivenReplicates_HasQuantilesOfTypeSeven()
    {
        foreach (QuantileCase given in _fixture.Quantiles)
        {
            ScoreInterval interval = new ScoreDraws(0, given.Values, default).Interval();
            interval.Low.ShouldBe(given.Q[0], 1e-12);
            interval.High.ShouldBe(given.Q[1], 1e-12);
        }
    }
}
