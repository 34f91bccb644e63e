using CsCheck;

namespace EhrR1.Scoring.Tests;

public sealed class BinaryMetricTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void Auroc_HandMade_CountsATieHalf()
    {
        // Pairs yes over no: .9>.5, .9>.1, .5=.5 (half), .5>.1.
        var outcomes = new BinaryOutcomes([0.9, 0.5, 0.5, 0.1], [true, true, false, false]);
        Auroc.Of(outcomes).ShouldBe(3.5 / 4);
    }

    [Fact]
    public void AveragePrecision_HandMade_SumsPrecisionAtEachRecallStep()
    {
        var outcomes = new BinaryOutcomes([0.9, 0.8, 0.7, 0.6], [true, false, true, false]);
        AveragePrecision.Of(outcomes).ShouldBe((0.5 * 1) + (0.5 * 2 / 3), Exact);
    }

    [Fact]
    public void Brier_HandMade_IsMeanSquaredError() =>
        Brier.Of(new([0.9, 0.2], [true, false], [3, 1])).ShouldBe(((3 * 0.01) + 0.04) / 4, Exact);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Auroc_OneClassOnly_IsNotDefined(bool label) =>
        Auroc.Of(new([0.1, 0.9], [label, label])).ShouldBe(double.NaN);

    [Fact]
    public void Metrics_NoSamples_AreNotDefined()
    {
        var none = new BinaryOutcomes([], []);
        Auroc.Of(none).ShouldBe(double.NaN);
        AveragePrecision.Of(none).ShouldBe(double.NaN);
        Brier.Of(none).ShouldBe(double.NaN);
    }

    [Fact]
    public void AveragePrecision_OnlyYes_IsOneAndOnlyNoIsNotDefined()
    {
        AveragePrecision.Of(new([0.1, 0.9], [true, true])).ShouldBe(1);
        AveragePrecision.Of(new([0.1, 0.9], [false, false])).ShouldBe(double.NaN);
    }

    [Fact]
    public void Auroc_PositiveAndNegativeZero_AreOneTie() =>
        Auroc.Of(new([0.0, -0.0], [true, false])).ShouldBe(0.5);

    [Fact]
    public void Prepared_AnyTiesAndCounts_EqualsThePlainDefinitions() => RiskColumns.Unweighted.Sample(CheckAgainstPlain);

    [Fact]
    public void Prepared_AnyTiesWeightsAndCounts_EqualsThePlainDefinitions() => RiskColumns.Weighted.Sample(CheckAgainstPlain);

    [Fact]
    public void Auroc_AnyRisingFunctionOfTheProbability_IsTheSame() => RiskColumns.Weighted.Sample(columns =>
    {
        var scaled = new BinaryOutcomes([.. columns.Probabilities.Select(p => 4 * p)], columns.Labels, columns.Weights);
        Auroc.Of(scaled).ShouldAgreeWith(Auroc.Of(columns.Outcomes));
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void BinaryOutcomes_ValueThatIsNoNumber_IsRefused(double bad)
    {
        Should.Throw<ArgumentException>(() => new BinaryOutcomes([bad], [true]));
        Should.Throw<ArgumentException>(() => new BinaryOutcomes([0.5], [true], [bad]));
    }

    [Fact]
    public void BinaryOutcomes_ColumnsOfDifferentLength_AreRefused() =>
        Should.Throw<ArgumentException>(() => new BinaryOutcomes([0.5, 0.1], [true]));

    [Fact]
    public void Brier_ValueAboveOne_IsRefused() =>
        Should.Throw<ArgumentException>(() => Brier.Of(new([1.5], [true])));

    [Fact]
    public void Prepared_HundredThousandWeightedRowsWithTies_EqualsThePlainDefinitionsOverLevels()
    {
        const int Rows = 100_000, Levels = 1000;
        var random = new SplitMix64(21);
        var columns = new RiskColumns(new double[Rows], new bool[Rows], new double[Rows], new long[Rows]);
        for (int i = 0; i < Rows; i++)
        {
            columns.Probabilities[i] = random.Below(Levels + 1) / (double)Levels;
            columns.Labels[i] = Simulated.Uniform(ref random) < 0.3 * columns.Probabilities[i];
            columns.Weights![i] = Simulated.Uniform(ref random);
            columns.Patients[i] = random.Below(20_000);
        }

        PatientIndex patients = PatientIndex.Of(columns.Patients);
        var counts = new int[patients.Count];
        PatientBootstrap.Draw(counts, 1, 1);
        double[] weights = columns.WeightsUnder(counts, patients);
        // Rows of one level and label are one row of their weight: a thousand levels can be paired one by one.
        var merged = Enumerable.Range(0, Rows).GroupBy(i => (P: columns.Probabilities[i], Y: columns.Labels[i]))
            .Select(g => (g.Key.P, g.Key.Y, W: g.Sum(i => weights[i]))).ToList();
        double[] p = [.. merged.Select(m => m.P)], w = [.. merged.Select(m => m.W)];
        bool[] y = [.. merged.Select(m => m.Y)];
        Auroc.Prepare(columns.Outcomes, patients).Evaluate(counts).ShouldBe(PlainDefinitions.Auroc(p, y, w), Exact);
        AveragePrecision.Prepare(columns.Outcomes, patients).Evaluate(counts).ShouldBe(PlainDefinitions.AveragePrecision(p, y, w), Exact);
        Brier.Prepare(columns.Outcomes, patients).Evaluate(counts).ShouldBe(PlainDefinitions.Brier(p, y, w), Exact);
    }

    private static void CheckAgainstPlain(RiskColumns columns)
    {
        PatientIndex patients = PatientIndex.Of(columns.Patients);
        var counts = new int[patients.Count];
        for (int replicate = 0; replicate < 4; replicate++)
        {
            PatientBootstrap.Draw(counts, 7, replicate);
            double[] weights = columns.WeightsUnder(counts, patients);
            Auroc.Prepare(columns.Outcomes, patients).Evaluate(counts)
                .ShouldAgreeWith(PlainDefinitions.Auroc(columns.Probabilities, columns.Labels, weights));
            AveragePrecision.Prepare(columns.Outcomes, patients).Evaluate(counts)
                .ShouldAgreeWith(PlainDefinitions.AveragePrecision(columns.Probabilities, columns.Labels, weights));
            Brier.Prepare(columns.Outcomes, patients).Evaluate(counts)
                .ShouldAgreeWith(PlainDefinitions.Brier(columns.Probabilities, columns.Labels, weights));
        }
    }
}
