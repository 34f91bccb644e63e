namespace EhrR1.Cli.Tests;

/// <summary>What is said where a command is used wrongly.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("Option '--out' is required", "build", "--source", "s")]
    [InlineData("cannot be had together", "build", "--source", "s", "--out", "w", "--subjects", "f", "--limit-patients", "3")]
    [InlineData("must be at least 1", "build", "--source", "s", "--out", "w", "--limit-patients", "0")]
    [InlineData("'4X' is no size of memory", "build", "--source", "s", "--out", "w", "--memory", "4X")]
    [InlineData("'loose'", "build", "--source", "s", "--out", "w", "--profile", "loose")]
    [InlineData("'Mortality' is no task", "build", "--source", "s", "--out", "w", "--tasks", "labevents,Mortality")]
    [InlineData("'none' is no task", "tasks", "w", "--task", "none")]
    [InlineData("cannot be had together", "tasks", "w", "--csv", "--json")]
    [InlineData("is no time for --from", "chart", "w", "--subject", "1", "--from", "yesterday")]
    [InlineData("'--subject'", "chart", "w", "--subject", "abc")]
    [InlineData("must be at least 1", "bench", "w", "--per-task", "0")]
    [InlineData("must be at least 0", "score", "r", "--seed", "-1")]
    [InlineData("must be at least 1", "compare", "a", "b", "--replicates", "0")]
    [InlineData("'csv'", "export", "csv", "w", "--out", "o")]
    [InlineData("maybe", "build", "--source", "s", "--out", "w", "--on-bad-row", "maybe")]
    public async Task Run_WrongOption_SaysWhatIsWrong(string message, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var ran = await Runner.RunInAsync(folder.FullPath, arguments);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldContain($"ehr-r1 {arguments[0]} --help");
    }

    [Theory]
    [InlineData("A line of the file of subjects", "12\nx3\n")]
    [InlineData("holds no subject_id", "subject_id\n")]
    public async Task Build_SubjectsFileThatIsWrong_SaysWhere(string message, string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("subjects.txt"), content);
        var ran = await Runner.RunInAsync(folder.FullPath, "build", "--source", "s", "--out", "w", "--subjects", "subjects.txt");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldContain(folder.PathOf("subjects.txt"));
    }

    [Fact]
    public async Task Build_SourceThatIsNotThere_SaysSoAndLeavesNoWorkspace()
    {
        using var folder = new TemporaryFolder();
        var ran = await Runner.RunInAsync(folder.FullPath, "build", "--source", "nowhere", "--out", "w");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(folder.PathOf("nowhere"));
        Directory.Exists(folder.PathOf("w")).ShouldBeFalse();
    }
}
