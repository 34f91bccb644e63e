using System.Globalization;
using CsCheck;

namespace EhrR1.Charts.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(12.5, "12.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(-3.25, "-3.25")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(1.5e-7, "0.00000015")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "10000000000000000.0")]
    [InlineData(1.25e17, "125000000000000000.0")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(1234567890123456.5, "1234567890123456.5")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Of_KnownNumber_IsTheShortestPlainDecimal(double value, string expected) => NumberText.Of(value).ShouldBe(expected);

    [Fact]
    public void Of_AnyFiniteNumber_ReadsBackToTheSameNumber()
        => AnyFinite().Sample(value => BitConverter.DoubleToInt64Bits(double.Parse(NumberText.Of(value), CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(value));

    [Fact]
    public void Of_AnyFiniteNumber_HasOnePointDigitsOnBothSidesAndNoExponent()
        => AnyFinite().Sample(value =>
        {
            var parts = NumberText.Of(value).TrimStart('-').Split('.');
            return parts.Length == 2 && parts.All(p => p.Length > 0 && p.All(char.IsAsciiDigit)) && (parts[0].Length == 1 || parts[0][0] != '0') && (parts[1].Length == 1 || parts[1][^1] != '0');
        });

    [Fact]
    public void Of_AnyFiniteNumber_HasNoShorterTwin()
        => AnyFinite().Sample(value =>
        {
            // The plain definition: with one significant digit less, no decimal reads back to this number.
            var digits = NumberText.Of(value).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
            return digits < 2 || double.Parse(value.ToString($"E{digits - 2}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) != value;
        });

    private static Gen<double> AnyFinite() => Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Long.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        Gen.Int[-1_000_000, 1_000_000].Select(i => i / 1000.0),
        Gen.Int[-400, 400].Select(i => (double)i),
        Gen.Select(Gen.Int[1, 9999], Gen.Int[-20, 20], (m, e) => m * Math.Pow(10, e)));
}
