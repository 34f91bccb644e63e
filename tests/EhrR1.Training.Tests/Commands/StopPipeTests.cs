using EhrR1.Cli;

namespace EhrR1.Training.Tests;

/// <summary>How the training program hears that the main one wants it to stop.</summary>
public sealed class StopPipeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopPipe_ThatEnds_LetsTheTrainingProgramEndByItself()
    {
        using var folder = new TemporaryFolder();
        ServedTiny.Make(folder.PathOf("tiny"), positions: 64);
        using var terminal = new CliTerminal(new StringWriter(), new StringWriter()) { Folder = folder.FullPath };
        var start = TrainingProgram.StartInfo(terminal, ["serve", "tiny", "--port", "0", "--json"]);
        start.RedirectStandardOutput = true;
        using var stop = new StopPipe();
        using var process = stop.Start(start);
        (await process.StandardOutput.ReadLineAsync(Token)).ShouldNotBeNull().ShouldContain("address");
        stop.Dispose();
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(ExitCode.Done);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("1000000000"), InlineData("x")]
    public async Task Watch_WithoutAPipe_StopsNothing(string? end)
    {
        using var stop = new CancellationTokenSource();
        await StopPipe.WatchAsync(end, stop);
        stop.IsCancellationRequested.ShouldBeFalse();
    }
}
