using CsCheck;

namespace EhrR1.Training.Tests;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(64, 8, 8, 1, 8, 1, 64)]
    [InlineData(64, 8, 1, 1, 1, 8, 64)]
    [InlineData(64, 64, 8, 1, 1, 1, 64)]
    [InlineData(512, 8, 4, 1, 4, 16, 512)]
    [InlineData(512, 24, 4, 1, 3, 7, 504)]
    [InlineData(64, 24, 1, 1, 1, 3, 72)]
    [InlineData(64, 256, 1, 1, 1, 1, 256)]
    [InlineData(1024, 8, 2, 16, 2, 64, 1024)]
    [InlineData(1024, 24, 2, 16, 2, 21, 1008)]
    public void For_BatchOverGpus_IsTheNearestThatCanBe(int batch, int gpus, int most, int multipleOf, int perDevice, int accumulation, int expected)
    {
        var plan = BatchPlan.For(batch, gpus, most, multipleOf);
        (plan.PerDevice, plan.Accumulation, plan.Batch).ShouldBe((perDevice, accumulation, expected));
        (plan.Note is null).ShouldBe(expected == batch);
    }

    [Fact]
    public void For_Any_IsNearerThanTheNextOnEitherSide() => Gen.Select(Gen.Int[1, 2_000], Gen.Int[1, 300], Gen.Int[1, 8], Gen.Int[0, 2].Select(i => new[] { 1, 8, 16 }[i])).Sample((batch, gpus, most, of) =>
    {
        var plan = BatchPlan.For(batch, gpus, most, of);
        (plan.Batch % of).ShouldBe(0);
        plan.PerDevice.ShouldBeInRange(1, most);
        // The plain way: try every number of sequences a GPU.
        var best = Enumerable.Range(1, 4_000).Where(n => n * gpus % of == 0).MinBy(n => Math.Abs((n * gpus) - batch));
        Math.Abs(plan.Batch - batch).ShouldBe(Math.Abs((best * gpus) - batch));
    });
}
