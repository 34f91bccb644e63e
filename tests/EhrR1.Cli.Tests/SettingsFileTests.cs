using System.CommandLine;

namespace EhrR1.Cli.Tests;

public sealed class SettingsFileTests
{
    [Fact]
    public void Parse_OptionInFileAlone_IsTaken()
    {
        using var folder = new TemporaryFolder();
        Write(folder, """{ "subject": 7, "chart": { "json": true } }""");
        var parsed = Parse(folder, "chart", "w");
        parsed.Errors.ShouldBeEmpty();
        parsed.GetValue<long>("--subject").ShouldBe(7);
        parsed.GetValue<bool>("--json").ShouldBeTrue();
    }

    [Fact]
    public void Parse_OptionInBoth_TheCommandLineWins()
    {
        using var folder = new TemporaryFolder();
        Write(folder, """{ "subject": 7 }""");
        Parse(folder, "chart", "w", "--subject", "8").GetValue<long>("--subject").ShouldBe(8);
    }

    [Fact]
    public void Parse_SectionOfTheCommand_WinsOverTheTop()
    {
        using var folder = new TemporaryFolder();
        Write(folder, """{ "subject": 7, "chart": { "subject": 9 } }""");
        Parse(folder, "chart", "w").GetValue<long>("--subject").ShouldBe(9);
    }

    [Fact]
    public void Parse_FileInTheWorkspace_WinsOverTheCurrentFolder()
    {
        using var folder = new TemporaryFolder();
        Write(folder, """{ "subject": 7 }""");
        Directory.CreateDirectory(folder.PathOf("w"));
        File.WriteAllText(folder.PathOf("w", "ehr-r1.json"), """{ "subject": 3 }""");
        Parse(folder, "chart", "w").GetValue<long>("--subject").ShouldBe(3);
    }

    [Fact]
    public void Parse_NamedFile_WinsOverAll()
    {
        using var folder = new TemporaryFolder();
        Write(folder, """{ "subject": 7 }""");
        File.WriteAllText(folder.PathOf("mine.json"), """{ "subject": 5, /* a remark */ }""");
        Parse(folder, "chart", "w", "--settings", "mine.json").GetValue<long>("--subject").ShouldBe(5);
    }

    [Theory]
    [InlineData("""{ "subjct": 7 }""", "'subjct', which is no option")]
    [InlineData("""{ "chart": { "patients": 7 } }""", "'chart.patients', which is no option")]
    [InlineData("""{ "subject": """, "not valid JSON")]
    [InlineData("[1]", "holds no JSON object")]
    [InlineData("""{ "subject": { "a": 1 } }""", "value of the wrong kind")]
    public async Task Run_FileThatIsWrong_SaysWhatAndWhere(string content, string message)
    {
        using var folder = new TemporaryFolder();
        Write(folder, content);
        var ran = await Runner.RunInAsync(folder.FullPath, "chart", "w");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldContain(folder.PathOf("ehr-r1.json"));
    }

    [Fact]
    public async Task Run_NamedFileThatIsNotThere_SaysSo()
    {
        var ran = await Runner.RunAsync("chart", "w", "--subject", "1", "--settings", "nowhere.json");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("nowhere.json");
    }

    private static void Write(TemporaryFolder folder, string content) => File.WriteAllText(folder.PathOf("ehr-r1.json"), content);

    private static ParseResult Parse(TemporaryFolder folder, params string[] arguments)
    {
        using var terminal = new CliTerminal(TextWriter.Null, TextWriter.Null) { Folder = folder.FullPath };
        return CliApplication.Parse(CommandTree.Create(), arguments, terminal);
    }
}
