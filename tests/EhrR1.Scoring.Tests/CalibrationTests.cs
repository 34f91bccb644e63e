using CsCheck;

namespace EhrR1.Scoring.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public void CalibrationError_HandMade_WeighsBinsByTheirShare()
    {
        // Bin .2–.3: two samples, mean .25, rate .5. Bin .9–1: one sample, 1.0 counted in the last bin, rate 0.
        CalibrationError.Of(new([0.2, 0.29999, 1.0], [true, false, false])).ShouldBe((2.0 / 3 * Math.Abs(0.249995 - 0.5)) + (1.0 / 3), 1e-12);
    }

    [Fact]
    public void CalibrationError_AnyColumnsAndCounts_EqualsThePlainDefinition() => Gen.Select(RiskColumns.Weighted, Gen.Int[1, 300]).Sample((columns, bins) =>
    {
        PatientIndex patients = PatientIndex.Of(columns.Patients);
        var counts = new int[patients.Count];
        PatientBootstrap.Draw(counts, 2, 1);
        CalibrationError.Prepare(columns.Outcomes, patients, bins).Evaluate(counts).ShouldAgreeWith(
            PlainDefinitions.CalibrationError(columns.Probabilities, columns.Labels, columns.WeightsUnder(counts, patients), bins));
    });

    [Fact]
    public void ReliabilityDiagram_AnyColumns_AddsUpToTheCalibrationError() => RiskColumns.Weighted.Sample(columns =>
    {
        IReadOnlyList<ReliabilityBin> bins = ReliabilityBin.Diagram(columns.Outcomes);
        double all = bins.Sum(b => b.Weight);
        double error = bins.Where(b => b.Weight > 0).Sum(b => b.Weight / all * Math.Abs(b.MeanPredicted - b.ObservedRate));
        bins.Sum(b => b.Samples).ShouldBe(columns.Labels.Length);
        CalibrationError.Of(columns.Outcomes).ShouldAgreeWith(all > 0 ? error : double.NaN);
    });

    [Fact]
    public void NaturalPrevalence_BalancedSamples_GivesYesItsNaturalShareAndKeepsAuroc()
    {
        BinaryOutcomes balanced = Simulated.Risk(300, 60, seed: 8);
        BinaryOutcomes natural = NaturalPrevalence.Reweight(balanced, 0.03)!;
        ConfusionCounts.At(natural, 0).Prevalence.ShouldBe(0.03, 1e-12);
        natural.Weights!.Sum().ShouldBe(300, 1e-9);
        Auroc.Of(natural).ShouldBe(Auroc.Of(balanced), 1e-12);
        AveragePrecision.Of(natural).ShouldBeLessThan(AveragePrecision.Of(balanced));
    }

    [Fact]
    public void NaturalPrevalence_HandMade_ChangesPrecisionAsBayesSays()
    {
        // Sensitivity and specificity .5 on balanced samples; at prevalence .1 the precision of a coin is .1.
        BinaryOutcomes natural = NaturalPrevalence.Reweight(new BinaryOutcomes([0.9, 0.1, 0.9, 0.1], [true, true, false, false]), 0.1)!;
        ConfusionCounts.At(natural, 0.5).Precision.ShouldBe(0.1, 1e-12);
        Brier.Of(natural).ShouldBe(((0.1 * (0.01 + 0.81)) + (0.9 * (0.81 + 0.01))) / 2, 1e-12);
    }

    [Fact]
    public void NaturalPrevalence_ClassMissing_IsNull() =>
        NaturalPrevalence.Reweight(new BinaryOutcomes([0.9], [true]), 0.1).ShouldBeNull();

    [Fact]
    public void NaturalPrevalence_AnsweredSamples_GetTheSameWeightsAsColumns()
    {
        AnsweredSample[] samples = [Risk("a", 0.9, "yes"), Risk("b", 0.4, "no"), Risk("c", 0.2, "No") with { Weight = 2 }];
        double[] weights = NaturalPrevalence.Reweight(BinaryOutcomes.From(samples), 0.1)!.Weights!;
        NaturalPrevalence.Reweight(samples, 0.1)!.Select(s => s.Weight).ShouldBe(weights);
    }

    private static AnsweredSample Risk(string id, double p, string truth) => new() { Id = id, Patient = 1, Probability = p, Truth = [truth] };
}
