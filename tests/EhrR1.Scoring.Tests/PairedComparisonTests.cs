namespace EhrR1.Scoring.Tests;

public sealed class PairedComparisonTests
{
    [Fact]
    public void OfTasks_BetterModel_IsFoundBetterOnTheMacroMean()
    {
        AnsweredSample[][] good = [.. Enumerable.Range(0, 3).Select(task => Answers(task, right: 8))];
        AnsweredSample[][] poor = [.. Enumerable.Range(0, 3).Select(task => Answers(task, right: 3).Reverse().ToArray())];
        PairedComparison comparison = PairedComparison.OfTasks(MeanMetric.F1, good, poor, cancellation: TestContext.Current.CancellationToken);
        comparison.First.Value.ShouldBe(0.8, 1e-12);
        comparison.Second.Value.ShouldBe(0.3, 1e-12);
        comparison.Difference.Value.ShouldBe(0.5, 1e-12);
        comparison.Difference.Low.ShouldBeGreaterThan(0);
        comparison.PValue.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Of_ModelAgainstItself_HasNoDifference()
    {
        PairedComparison comparison = PairedComparison.Of(MeanMetric.F1, Answers(0, 5), Answers(0, 5), cancellation: TestContext.Current.CancellationToken);
        comparison.Difference.ShouldBe(new ScoreInterval(0, 0, 0, 0.95, 0));
        comparison.PValue.ShouldBe(1);
    }

    [Fact]
    public void Of_OtherSamples_IsRefused()
    {
        Should.Throw<ArgumentException>(() => PairedComparison.Of(MeanMetric.F1, Answers(0, 5), Answers(1, 5)));
        Should.Throw<ArgumentException>(() => PairedComparison.Of(MeanMetric.F1, Answers(0, 5), Answers(0, 5)[1..]));
    }

    private static AnsweredSample[] Answers(int task, int right) =>
        [.. Enumerable.Range(0, 40).Select(i => new AnsweredSample
        {
            Id = $"{task}-{i}", Patient = i / 2, Truth = ["a"], Output = i % 10 < right ? "A" : "b",
        })];
}
