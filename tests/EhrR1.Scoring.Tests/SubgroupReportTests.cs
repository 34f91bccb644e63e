namespace EhrR1.Scoring.Tests;

public sealed class SubgroupReportTests
{
    [Fact]
    public void Of_ThreeGroups_ScoresEachAndNamesBestAndWorst()
    {
        SubgroupReport report = SubgroupReport.Of(MeanMetric.F1, Samples(0), Group, minimumPatients: 5, cancellation: TestContext.Current.CancellationToken);
        report.Metric.ShouldBe("f1");
        report.Groups.Select(g => (g.Group, g.Samples, g.Patients)).ShouldBe([("F", 40, 20), ("M", 40, 20), ("unknown", 4, 2)]);
        report.Groups.Select(g => g.Score.Value).ShouldBe([0.75, 0.25, 1]);
        report.Gap.ShouldNotBeNull();
        (report.Gap.Best, report.Gap.Worst).ShouldBe(("F", "M"));
        report.Gap.Gap.Value.ShouldBe(0.5);
        report.Gap.Gap.Low.ShouldBeInRange(0, 0.5);
        report.Gap.PValue.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Of_SmallerIsBetter_NamesTheSmallestAsBest()
    {
        var wrong = new MeanMetric("errors", false, s => s.Output == "a" ? 0 : 1);
        SubgroupGap gap = SubgroupReport.Of(wrong, Samples(0), Group, cancellation: TestContext.Current.CancellationToken).Gap!;
        (gap.Best, gap.Worst).ShouldBe(("F", "M"));
        gap.Gap.Value.ShouldBe(0.5);
    }

    [Fact]
    public void Of_OneGroup_HasNoGap() =>
        SubgroupReport.Of(MeanMetric.F1, Samples(0), _ => "all", cancellation: TestContext.Current.CancellationToken).Gap.ShouldBeNull();

    [Fact]
    public void OfTasks_GroupOfOneClassInATask_IsLeftOutOfItsMean()
    {
        AnsweredSample[] first = [Risk(1, "F", 0.9, "yes"), Risk(2, "F", 0.1, "no"), Risk(3, "M", 0.9, "yes")];
        AnsweredSample[] second = [Risk(1, "F", 0.1, "yes"), Risk(2, "F", 0.9, "no"), Risk(3, "M", 0.9, "yes"), Risk(4, "M", 0.2, "no")];
        SubgroupReport report = SubgroupReport.OfTasks(
            new Auroc(), [first, second], s => s.Id[..1], minimumPatients: 1, cancellation: TestContext.Current.CancellationToken);
        report.Groups.Select(g => g.Score.Value).ShouldBe([0.5, 1]);
    }

    private static string? Group(AnsweredSample sample) => sample.Patient >= 40 ? null : sample.Patient < 20 ? "F" : "M";

    private static AnsweredSample[] Samples(int task) =>
        [.. Enumerable.Range(0, 84).Select(i => new AnsweredSample
        {
            Id = $"{task}-{i}", Patient = i / 2, Truth = ["a"],
            Output = i >= 80 || (i < 40 ? i % 4 != 0 : i % 4 == 0) ? "a" : "b",
        })];

    private static AnsweredSample Risk(long patient, string group, double p, string truth) =>
        new() { Id = $"{group}{patient}", Patient = patient, Probability = p, Truth = [truth] };
}
