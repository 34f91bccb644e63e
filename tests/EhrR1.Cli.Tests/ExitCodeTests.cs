namespace EhrR1.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task Run_WithoutArguments_ShowsHelp()
    {
        var ran = await Runner.RunAsync();
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("Commands:");
    }

    [Fact]
    public async Task Run_UnknownCommand_IsTheUsersErrorAndNamesHelp()
    {
        var ran = await Runner.RunAsync("chrt");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("chrt");
        ran.Error.ShouldContain("ehr-r1 --help");
    }

    [Fact]
    public async Task Run_UnknownOption_IsTheUsersErrorAndNamesTheCommandsHelp()
    {
        var ran = await Runner.RunAsync("chart", "w", "--subject", "1", "--colour");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("--colour");
        ran.Error.ShouldContain("ehr-r1 chart --help");
    }

    [Fact]
    public async Task Run_FolderThatIsNoWorkspace_SaysWhatToDoWithoutAStackTrace()
    {
        using var folder = new TemporaryFolder();
        var ran = await Runner.RunInAsync(folder.FullPath, "chart", "nowhere", "--subject", "1");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain(folder.PathOf("nowhere"));
        ran.Error.ShouldContain("ehr-r1 build");
        ran.Error.ShouldNotContain("   at ");
        ran.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Run_Cancelled_EndsWith130()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        using var folder = new TemporaryFolder();
        var code = await CliApplication.RunAsync(["synth", "--patients", "5", "--out", folder.PathOf("hospital")], terminal, stop.Token);
        code.ShouldBe(ExitCode.Cancelled);
        error.ToString().ShouldContain("Stopped");
    }

    [Fact]
    public async Task Run_ReaderHasGone_EndsQuietly()
    {
        using var output = new ClosedPipe();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error);
        var code = await CliApplication.RunAsync(["doctor"], terminal, TestContext.Current.CancellationToken);
        code.ShouldBe(ExitCode.Done);
        error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_Version_PrintsOneLine()
    {
        var ran = await Runner.RunAsync("--version");
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Out.ShouldMatch(@"^ehr-r1 \d+\.\d+\.\d+\S*\n$");
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe", 32);
    }
}
