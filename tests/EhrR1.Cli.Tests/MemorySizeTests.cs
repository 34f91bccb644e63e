using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Cli.Tests;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("4GiB", 4L << 30)]
    [InlineData("512 MiB", 512L << 20)]
    [InlineData("1.5gb", 1_500_000_000)]
    [InlineData("2G", 2L << 30)]
    [InlineData("100B", 100)]
    public void Parse_NumberAndUnit_GivesBytes(string text, long bytes) => MemorySize.Parse(text).ShouldBe(bytes);

    [Theory]
    [InlineData("4")]
    [InlineData("")]
    [InlineData("GiB")]
    [InlineData("-1GiB")]
    [InlineData("0GiB")]
    [InlineData("4GX")]
    [InlineData("1e3GiB")]
    public void Parse_AnythingElse_SaysHowToWriteIt(string text) =>
        Should.Throw<EhrR1Exception>(() => MemorySize.Parse(text)).Message.ShouldContain("4GiB");

    [Fact]
    public void Format_WholeSizes_ParseBack() =>
        Gen.Int[1, 1023].Select(Gen.Int[0, 4]).Sample((number, step) => MemorySize.Parse(MemorySize.Format((long)number << (10 * step))).ShouldBe((long)number << (10 * step)));
}
