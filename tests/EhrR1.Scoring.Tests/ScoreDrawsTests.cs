using CsCheck;

namespace EhrR1.Scoring.Tests;

public sealed class ScoreDrawsTests
{
    private static readonly DrawSource Source = new(1, 5, 9);

    [Fact]
    public void Interval_KnownDraws_InterpolatesAsNumpyDoes()
    {
        // numpy.quantile([1, 2, 3, 4, 10], [.025, .975]) = [1.1, 9.4]
        ScoreInterval interval = Draws(3, 10, 1, 4, 2, 3).Interval();
        interval.Low.ShouldBe(1.1, 1e-12);
        interval.High.ShouldBe(9.4, 1e-12);
        interval.Value.ShouldBe(3);
    }

    [Fact]
    public void Interval_NothingDefined_HasNoBounds()
    {
        ScoreInterval interval = Draws(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN).Interval();
        interval.Low.ShouldBe(double.NaN);
        interval.Undefined.ShouldBe(5);
    }

    [Theory]
    [InlineData(2.0 * (1 + 0) / 6, 1, 2, 3, 4, 5)]
    [InlineData(2.0 * (1 + 1) / 6, -1, 2, 3, 4, 5)]
    [InlineData(1, 0, 0, 0, 0, 0)]
    [InlineData(2.0 * (1 + 0) / 5, double.NaN, -2, -3, -4, -5)]
    public void PValue_KnownDraws_IsTwiceTheSmallerTail(double expected, double a, double b, double c, double d, double e) =>
        Draws(1, a, b, c, d, e).PValue().ShouldBe(expected, 1e-12);

    [Fact]
    public void Mean_TaskNotDefinedInAReplicate_IsLeftOutOfThatReplicateOnly()
    {
        ScoreDraws mean = ScoreDraws.Mean([Draws(0.6, 0.6, double.NaN, 0.6, 0.6, 0.6), Draws(0.8, 0.8, 0.9, 0.8, 0.8, 0.8)]);
        mean.Value.ShouldBe(0.7, 1e-12);
        mean.Draws[0].ShouldBe(0.7, 1e-12);
        mean.Draws[1].ShouldBe(0.9, 1e-12);
    }

    [Fact]
    public void Mean_TaskNotDefinedAtAll_IsLeftOutOfEveryReplicate()
    {
        ScoreDraws mean = ScoreDraws.Mean([Draws(double.NaN, 1, 1, 1, 1, 1), Draws(0.8, 0.8, 0.9, 0.8, 0.8, 0.8)]);
        mean.Value.ShouldBe(0.8);
        mean.Draws.ToArray().ShouldBe([0.8, 0.9, 0.8, 0.8, 0.8]);
    }

    [Fact]
    public void Minus_ScoresOfAnotherDraw_IsRefused()
    {
        var other = new ScoreDraws(1, [1, 2, 3, 4, 5], Source with { Seed = 2 });
        Should.Throw<ArgumentException>(() => Draws(1, 1, 2, 3, 4, 5).Minus(other));
        Should.Throw<ArgumentException>(() => ScoreDraws.Mean([other, Draws(1, 1, 2, 3, 4, 5)]));
    }

    [Fact]
    public void Mean_OfTasksOnTheSamePatients_MovesWithThemJointly()
    {
        // A mean of two copies is no more certain than one of them: patients are drawn once for all tasks.
        BinaryOutcomes outcomes = Simulated.Risk(200, 40, seed: 6);
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        IPreparedMetric auroc = Auroc.Prepare(outcomes, patients);
        IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run([auroc, auroc], patients, null, TestContext.Current.CancellationToken);
        ScoreDraws.Mean(draws).Interval().ShouldBe(draws[0].Interval());
    }

    [Fact]
    public void Adjust_KnownPValues_GivesHolmsFigures()
    {
        IReadOnlyList<double> adjusted = HolmAdjustment.Adjust([0.01, 0.04, double.NaN, 0.03, 0.005]);
        adjusted[0].ShouldBe(0.03, 1e-12);
        adjusted[1].ShouldBe(0.06, 1e-12);
        adjusted[2].ShouldBe(double.NaN);
        adjusted[3].ShouldBe(0.06, 1e-12);
        adjusted[4].ShouldBe(0.02, 1e-12);
    }

    [Fact]
    public void Adjust_AnyPValues_NeverLowersOneNorReordersThem() => Gen.Double[0, 1].Array[0, 20].Sample(p =>
    {
        IReadOnlyList<double> adjusted = HolmAdjustment.Adjust(p);
        for (int i = 0; i < p.Length; i++)
        {
            adjusted[i].ShouldBeInRange(p[i], 1);
            for (int j = 0; j < p.Length; j++)
            {
                if (p[i] < p[j]) adjusted[i].ShouldBeLessThanOrEqualTo(adjusted[j]);
            }
        }
    });

    private static ScoreDraws Draws(double value, params double[] draws) => new(value, draws, Source);
}
