namespace EhrR1.Charts.Tests;

/// <summary>The expected texts are what Python 3.11's <c>repr</c> gives.</summary>
public sealed class PythonTextTests
{
    [Theory]
    [InlineData("CHEST (PA & LAT)", "'CHEST (PA & LAT)'")]
    [InlineData("", "''")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"so\"", "'say \"so\"'")]
    [InlineData("it's \"so\"", "'it\\'s \"so\"'")]
    [InlineData("a\\b", "'a\\\\b'")]
    [InlineData("a\nb\r\tc", "'a\\nb\\r\\tc'")]
    [InlineData("\u0000\u001f\u007f", "'\\x00\\x1f\\x7f'")]
    [InlineData("\u0085\u00a0\u00ad", "'\\x85\\xa0\\xad'")]
    [InlineData("5 µg – naïve", "'5 µg – naïve'")]
    [InlineData("\u200b\u2028\u3000\ufeff", "'\\u200b\\u2028\\u3000\\ufeff'")]
    [InlineData("\U0001F600", "'\U0001F600'")]
    [InlineData("\U000E0001", "'\\U000e0001'")]
    public void Of_Text_IsPythonsRepr(string text, string expected) => PythonText.Of(text).ShouldBe(expected);

    [Fact]
    public void OfList_NoItem_IsAnEmptyList() => PythonText.OfList([]).ShouldBe("[]");

    [Fact]
    public void OfList_SeveralItems_QuotesEachByItself()
        => PythonText.OfList(["CHEST (PA & LAT)", "it's"]).ShouldBe("['CHEST (PA & LAT)', \"it's\"]");
}
