namespace EhrR1.Cli.Tests;

public sealed class TableTests
{
    [Fact]
    public void CsvLine_SpecialCharacters_AreQuotedAsRfc4180Says()
    {
        using var text = new StringWriter();
        CsvLine.Write(text, "plain", "a,b", "say \"hi\"", "two\nlines", null, "");
        text.ToString().ShouldBe("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,\n");
    }

    [Fact]
    public void PlainTable_NumbersToTheRight_HasNoTrailingBlanks()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var table = new PlainTable("Name", ">Count");
        table.Add("one", "1");
        table.Add("a longer [name]", "1,234");
        table.Write(text);
        text.ToString().ReplaceLineEndings("\n").Split('\n').Where((_, i) => i != 1).ShouldBe(["  Name              Count", "  one                   1", "  a longer [name]   1,234", ""]);
    }

    [Fact]
    public void ShellText_WordWithBlanks_IsQuoted()
    {
        ShellText.Of("/a/b-c_1.x").ShouldBe("/a/b-c_1.x");
        ShellText.Of("/a b/it's").ShouldBe("'/a b/it'\\''s'");
    }
}
