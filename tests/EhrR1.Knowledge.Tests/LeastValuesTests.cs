using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class LeastValuesTests
{
    [Fact]
    public void MoveFirst_AnyValues_PutsTheLeastInFront() =>
        Gen.Select(Gen.ULong[0, 20].Array[0, 40], Gen.Int[0, 40]).Sample((values, count) =>
        {
            count = Math.Min(count, values.Length);
            var moved = values.ToArray();
            LeastValues.MoveFirst(moved, count);
            moved[..count].Order().ShouldBe(values.Order().Take(count));
            moved.Order().ShouldBe(values.Order());
        }, threads: 1);
}
