using CsCheck;

namespace EhrR1.Models.Tests;

public sealed class EstimatedTokenCounterTests
{
    // A chart's rows as ChartMarkdown writes them.
    private const string Chart = "## Labevents [2150-03-01 12:00:00]\n| item_name | valuenum | valueuom | flag |\n| --------- | --------- | --------- | --------- |\n"
        + "| Sodium | 140.0 | mEq/L | nan |\n| Creatinine | 1.4 | mg/dL | abnormal |\n";

    [Fact]
    public void Count_ARenderedTable_IsAtLeastQwensCountAndNotHalfMore()
    {
        var qwen = TokenFixtures.Qwen3();
        EstimatedTokenCounter.Count(Chart).ShouldBeInRange(qwen.Count(Chart), qwen.Count(Chart) * 3 / 2);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("140", 3)]
    [InlineData("is 140", 6)]
    [InlineData("Sodium", 2)]
    [InlineData("---------", 3)]
    [InlineData("中", 2)]
    public void Count_SmallTexts_AddsUpAsStated(string text, int tokens) => EstimatedTokenCounter.Count(text).ShouldBe(tokens);

    [Fact]
    public void IndexAfter_AnyText_GrowsToItsEndAndCutsNoCharacter()
    {
        var counter = new EstimatedTokenCounter();
        ByteLevelTokenizerTests.AnyText.Select(WholeCharacters.Of).Sample(text =>
        {
            var before = 0;
            for (var n = 0; n <= EstimatedTokenCounter.Count(text); n++)
            {
                var index = counter.IndexAfter(text, n);
                index.ShouldBeGreaterThanOrEqualTo(before);
                (index > 0 && index < text.Length && char.IsLowSurrogate(text[index])).ShouldBeFalse();
                before = index;
            }

            before.ShouldBe(text.Length);
        }, iter: 300);
    }
}
