namespace EhrR1.Training.Tests;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void At_Steps_GoesUpStraightAndDownByACosine()
    {
        var schedule = LearningRateSchedule.Cosine(2, steps: 100, warmUpShare: 0.03);
        schedule.WarmUpSteps.ShouldBe(3);
        new[] { 0, 1, 2, 3 }.Select(schedule.At).ShouldBe([0.5, 1, 1.5, 2], 1e-12);
        schedule.At(3 + (97 / 2)).ShouldBe(1, 0.02);
        schedule.At(99).ShouldBe(0, 0.001);
        schedule.At(100).ShouldBe(0, 1e-12);
        Enumerable.Range(3, 96).ShouldAllBe(s => schedule.At(s) > schedule.At(s + 1));
    }

    [Fact]
    public void At_WithoutWarmUp_BeginsAtThePeak() => LearningRateSchedule.Cosine(1, 10, 0).At(0).ShouldBe(1);
}
