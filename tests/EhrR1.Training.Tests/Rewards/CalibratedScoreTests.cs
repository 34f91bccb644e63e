using CsCheck;

namespace EhrR1.Training.Tests;

public sealed class CalibratedScoreTests
{
    [Theory]
    [InlineData(CalibrationRule.Brier, 0.7, true, true, 0.91)]
    [InlineData(CalibrationRule.Brier, 0.7, false, true, 0.51)]
    [InlineData(CalibrationRule.Brier, 1.0, false, true, 0)]
    [InlineData(CalibrationRule.Log, 1.0, true, true, 1)]
    [InlineData(CalibrationRule.Log, 0.1, true, false, 0.5)]
    [InlineData(CalibrationRule.Log, 0.0, true, false, 0)]
    [InlineData(CalibrationRule.Log, 0.001, true, false, 0)]
    [InlineData(CalibrationRule.BrierStep, 0.7, true, true, 0.3)]
    [InlineData(CalibrationRule.BrierStep, 0.7, true, false, -0.3)]
    [InlineData(CalibrationRule.BrierStep, 0.7, false, true, -0.7)]
    [InlineData(CalibrationRule.BrierStep, 0.7, false, false, 0.7)]
    [InlineData(CalibrationRule.BrierStep, 0.7, false, null, -1)]
    public void Of_EachRule_IsItsFormula(CalibrationRule rule, double pYes, bool happened, bool? answer, double expected) =>
        CalibratedScore.Of(rule, pYes, happened, answer, 0.01).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(CalibrationRule.Brier)]
    [InlineData(CalibrationRule.Log)]
    public void Of_ProperRule_IsHighestInTheMeanAtTheTrueProbability(CalibrationRule rule) => Gen.Select(Gen.Double[0.02, 0.98], Gen.Double[0.02, 0.98]).Sample((truth, said) =>
    {
        double Mean(double p) => (truth * CalibratedScore.Of(rule, p, true, null, 0.01)) + ((1 - truth) * CalibratedScore.Of(rule, p, false, null, 0.01));
        Mean(said).ShouldBeLessThanOrEqualTo(Mean(truth) + 1e-12);
    });

    [Fact]
    public void Of_BrierStep_GivesTheExpectedStepOfTheBrierScore() => Gen.Select(Gen.Double[0.01, 0.99], Gen.Bool).Sample((p, happened) =>
    {
        // The expected policy gradient: the sum over answers of the change of its probability × its reward. P(no) changes as −P(yes).
        double step = CalibratedScore.Of(CalibrationRule.BrierStep, p, happened, true, 0.01) - CalibratedScore.Of(CalibrationRule.BrierStep, p, happened, false, 0.01);
        const double h = 1e-6;
        double slope = (CalibratedScore.Of(CalibrationRule.Brier, p + h, happened, null, 0.01) - CalibratedScore.Of(CalibrationRule.Brier, p - h, happened, null, 0.01)) / (2 * h);
        step.ShouldBe(slope, 1e-6);
    });

    [Theory]
    [InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Of_NoProbability_IsRefused(double pYes) => Should.Throw<ArgumentOutOfRangeException>(() => CalibratedScore.Of(CalibrationRule.Brier, pYes, true, true, 0.01));
}
