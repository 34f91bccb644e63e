using System.Numerics;
using CsCheck;
using Shouldly;
using Xunit;

namespace EhrR1.Knowledge.Tests;

public sealed class FisherTestTests
{
    [Theory]
    [InlineData(4, 4, 4, 8, 1.0 / 70)]
    [InlineData(4, 4, 3, 8, 17.0 / 70)]
    public void PValue_LadyTastingTea_IsFishersOwn(long target, long history, long together, long samples, double expected)
        => new FisherTest().PValue(target, history, together, samples).ShouldBe(expected, 1e-14);

    [Fact]
    public void PValue_RandomTables_EqualsTheSumOfExactFractions()
    {
        var test = new FisherTest();
        Gen.Select(Gen.Int[1, 60], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((samples, a, b, c) =>
        {
            int target = (int)(a * samples), history = (int)(b * samples);
            int together = (int)Math.Round(c * Math.Min(target, history));
            if (together < target + history - samples)
                return;
            var tail = BigInteger.Zero;
            for (int k = together; k <= Math.Min(target, history); k++)
                tail += Choose(history, k) * Choose(samples - history, target - k);
            double expected = (double)tail / (double)Choose(samples, target);
            test.PValue(target, history, together, samples).ShouldBe(expected, (1e-11 * expected) + 1e-300);
        });
    }

    [Fact]
    public void PValue_MillionsOfSamples_AgreesAcrossTheTablesEnd()
    {
        // Past four million, factorials come from a series: the p-value may not jump there.
        var test = new FisherTest();
        double below = test.PValue(1000, 1000, 12, 3_999_999), above = test.PValue(1000, 1000, 12, 4_000_001);
        above.ShouldBe(below, below * 1e-4);
        below.ShouldBeInRange(1e-20, 1e-12);
    }

    private static BigInteger Choose(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        var value = BigInteger.One;
        for (int i = 1; i <= k; i++)
            value = value * (n - k + i) / i;
        return value;
    }
}
