using EhrR1.Charts;

namespace EhrR1.Cli.Tests;

public sealed class ProgressDisplayTests
{
    [Fact]
    public void Report_ShortStage_ShowsNothing()
    {
        var clock = new SetClock();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(TextWriter.Null, error) { Time = clock };
        using (var display = new ProgressDisplay(terminal))
        {
            display.Report(new StageProgress("Reading", 0, 10, "rows"));
            clock.Pass(TimeSpan.FromSeconds(1));
            display.Report(new StageProgress("Reading", 10, 10, "rows"));
        }

        error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Report_NotOnATerminal_WritesPlainLinesSecondsApart()
    {
        var clock = new SetClock();
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new CliTerminal(TextWriter.Null, error) { Time = clock };
        using var display = new ProgressDisplay(terminal);
        for (var second = 0; second <= 12; second++)
        {
            display.Report(new StageProgress("Reading", second * 100L, 2000, "rows"));
            clock.Pass(TimeSpan.FromSeconds(1));
        }

        error.ToString().ShouldBe("Reading: 500 of 2,000 rows (25 %), 100 rows/s, 15 s left\nReading: 1,000 of 2,000 rows (50 %), 100 rows/s, 10 s left\n");
    }

    [Fact]
    public void Report_OnATerminal_RedrawsOneLineAndClearsIt()
    {
        var clock = new SetClock();
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new CliTerminal(TextWriter.Null, error) { Time = clock, IsErrorTerminal = true, Width = 60 };
        using (var display = new ProgressDisplay(terminal))
        {
            display.Report(new StageProgress("Reading", 0, 2000, "rows"));
            clock.Pass(TimeSpan.FromSeconds(4));
            display.Report(new StageProgress("Reading", 1000, 2000, "rows"));
        }

        var text = error.ToString();
        text.ShouldStartWith("\r\e[K[############............] Reading: 1,000 of 2,000");
        text.ShouldEndWith("\r\e[K");
        text.Split('\e').ShouldAllBe(part => part.Length <= 64);
    }

    [Fact]
    public void Describe_WithoutATotal_ShowsTheRateAlone() =>
        ProgressDisplay.Describe(new StageProgress("Reading", 30, null, "files"), TimeSpan.FromSeconds(4)).ShouldBe("Reading: 30 files, 7.5 files/s");

    private sealed class SetClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
