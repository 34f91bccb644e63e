namespace EhrR1.Ingest.Tests;

public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("""["a", "b"]""", """["a","b"]""")]
    [InlineData("""['a', "it's"]""", """["a","it\u0027s"]""")]
    [InlineData("""[]""", """[]""")]
    [InlineData(""" [ 'x' ] """, """["x"]""")]
    [InlineData("""["\u00e9\ud83d\ude00\n\"q\""]""", """["\u00E9\uD83D\uDE00\n\u0022q\u0022"]""")]
    [InlineData("""['\x41\U0001F600\\']""", """["A\uD83D\uDE00\\"]""")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("""["a" "b"]""", "\"[\\u0022a\\u0022 \\u0022b\\u0022]\"")]
    [InlineData("""["a",]x""", "\"[\\u0022a\\u0022,]x\"")]
    [InlineData("[1, 2]", "\"[1, 2]\"")]
    [InlineData("['open", "\"[\\u0027open\"")]
    public void ToJson_Text_IsListOrString(string text, string json) => PythonLiteral.ToJson(text).ShouldBe(json);
}
