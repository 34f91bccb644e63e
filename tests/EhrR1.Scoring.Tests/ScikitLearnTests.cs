using System.Text.Json;

namespace EhrR1.Scoring.Tests;

/// <summary>Agreement with scikit-learn's figures in Fixtures/sklearn.json (see make_fixtures.py beside it).</summary>
public sealed class ScikitLearnTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Case(
        double[] P, int[] Y, double[] W, double Auroc, double Auprc, double Brier, double[][] Roc, double[] Observed, double[] Predicted)
    {
        public BinaryOutcomes Outcomes => new(P, [.. Y.Select(y => y == 1)], W);
    }

    private sealed record Fixture(string Sklearn, Case[] Cases);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 5)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Metrics_FixtureColumns_AgreeWithScikitLearn(int index)
    {
        Case fixture = Read(index);
        Auroc.Of(fixture.Outcomes).ShouldBe(fixture.Auroc, 1e-12);
        AveragePrecision.Of(fixture.Outcomes).ShouldBe(fixture.Auprc, 1e-12);
        Brier.Of(fixture.Outcomes).ShouldBe(fixture.Brier, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RocCurve_FixtureColumns_AgreesWithScikitLearn(int index)
    {
        Case fixture = Read(index);
        // scikit-learn leaves out thresholds at which no sample has weight; they repeat the point before.
        (double, double)[] expected = [.. fixture.Roc.Select(p => (Math.Round(p[0], 12), Math.Round(p[1], 12))).Distinct()];
        RocPoint.Curve(fixture.Outcomes, everyThreshold: true)
            .Select(p => (Math.Round(p.FalsePositiveRate, 12), Math.Round(p.TruePositiveRate, 12))).Distinct()
            .ShouldBe(expected);
    }

    [Fact]
    public void ReliabilityDiagram_ProbabilitiesOffTheEdges_AgreesWithScikitLearn()
    {
        Case fixture = Read(0);
        ReliabilityBin[] filled = [.. ReliabilityBin.Diagram(fixture.Outcomes).Where(b => b.Samples > 0)];
        filled.Length.ShouldBe(fixture.Observed.Length);
        for (int b = 0; b < filled.Length; b++)
        {
            filled[b].ObservedRate.ShouldBe(fixture.Observed[b], 1e-12);
            filled[b].MeanPredicted.ShouldBe(fixture.Predicted[b], 1e-12);
        }
    }

    private static Case Read(int index)
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "sklearn.json"));
        return JsonSerializer.Deserialize<Fixture>(json, Web)!.Cases[index];
    }
}
