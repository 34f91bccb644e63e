namespace EhrR1.Scoring.Tests;

public sealed class CurveTests
{
    [Fact]
    public void RocCurve_AnyColumns_HasTheAurocAsItsAreaWithAndWithoutStraightPoints() => CsCheck.Check.Sample(RiskColumns.Weighted, columns =>
    {
        double auroc = Auroc.Of(columns.Outcomes);
        IReadOnlyList<RocPoint> all = RocPoint.Curve(columns.Outcomes, everyThreshold: true), few = RocPoint.Curve(columns.Outcomes);
        if (double.IsNaN(auroc))
        {
            all.ShouldBeEmpty();
            few.ShouldBeEmpty();
            return;
        }

        Area(all).ShouldBe(auroc, 1e-12);
        Area(few).ShouldBe(auroc, 1e-12);
        few.Count.ShouldBeLessThanOrEqualTo(all.Count);
        (few[0].FalsePositiveRate, few[0].TruePositiveRate).ShouldBe((0, 0));
        (few[^1].FalsePositiveRate, few[^1].TruePositiveRate).ShouldBe((1, 1));
    });

    [Fact]
    public void RocCurve_PerfectRanking_KeepsTheThreeCorners() =>
        RocPoint.Curve(new([0.9, 0.8, 0.7, 0.3, 0.2], [true, true, true, false, false]))
            .ShouldBe([new(double.PositiveInfinity, 0, 0), new(0.7, 0, 1), new(0.2, 1, 1)]);

    [Fact]
    public void DecisionCurve_HandMade_TradesFalseAlarmsAtTheOdds()
    {
        BinaryOutcomes outcomes = new([0.9, 0.6, 0.3, 0.1], [true, false, true, false]);
        NetBenefitPoint at = NetBenefitPoint.Curve(outcomes, [0.25]).Single();
        at.Model.ShouldBe((2.0 / 4) - (1.0 / 4 / 3), 1e-15);
        at.TreatAll.ShouldBe((2.0 / 4) - (2.0 / 4 / 3), 1e-15);
    }

    [Fact]
    public void NetBenefitMetric_AnyThreshold_IsTheDecisionCurve()
    {
        BinaryOutcomes outcomes = Simulated.Risk(200, 40, seed: 2);
        AnsweredSample[] samples = [.. Enumerable.Range(0, outcomes.Count).Select(i => new AnsweredSample
        {
            Id = $"{i}", Patient = outcomes.Patients[i], Probability = outcomes.Probabilities[i], Truth = [outcomes.Labels[i] ? "yes" : "no"],
        })];
        PatientIndex patients = PatientIndex.Of(outcomes.Patients);
        foreach (NetBenefitPoint point in NetBenefitPoint.Curve(outcomes, [0.05, 0.3, 0.7]))
            MeanMetric.NetBenefit(point.Threshold).Prepare(samples, patients).Evaluate(patients.EachOnce()).ShouldBe(point.Model, 1e-12);
    }

    [Fact]
    public void DecisionCurve_NoThresholds_GoesFromOneToNinetyNinePercent() =>
        NetBenefitPoint.Curve(new([0.5], [true])).Select(p => p.Threshold).ShouldBe(Enumerable.Range(1, 99).Select(i => i / 100.0));

    [Fact]
    public void ConfusionCounts_HandMade_GivesTheSharesOfTheFourCells()
    {
        ConfusionCounts at = ConfusionCounts.At(new([0.9, 0.5, 0.5, 0.4, 0.1], [true, true, false, true, false], [1, 1, 2, 1, 3]), 0.5);
        at.ShouldBe(new ConfusionCounts(2, 2, 3, 1));
        at.Sensitivity.ShouldBe(2.0 / 3);
        at.Specificity.ShouldBe(3.0 / 5);
        at.Precision.ShouldBe(0.5);
        at.NegativePredictiveValue.ShouldBe(0.75);
        at.Accuracy.ShouldBe(5.0 / 8);
        at.F1.ShouldBe(4.0 / 7);
    }

    private static double Area(IReadOnlyList<RocPoint> points)
    {
        double area = 0;
        for (int i = 1; i < points.Count; i++)
            area += (points[i].FalsePositiveRate - points[i - 1].FalsePositiveRate) * (points[i].TruePositiveRate + points[i - 1].TruePositiveRate) / 2;
        return area;
    }
}
