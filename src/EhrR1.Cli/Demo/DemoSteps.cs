namespace EhrR1.Cli;

/// <summary>Runs the demo's steps one after another and says what each did and how long it took.</summary>
internal sealed class DemoSteps(CommandRun run, TextWriter to, int count)
{
    private readonly long _began = run.Terminal.Time.GetTimestamp();
    private int _number;

    public TimeSpan Elapsed => run.Terminal.Time.GetElapsedTime(_began);

    public async Task StepAsync(string name, Func<Task<string>> work)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var began = run.Terminal.Time.GetTimestamp();
        var done = await work().ConfigureAwait(false);
        run.Progress.Dispose();
        await to.WriteLineAsync($"{++_number}/{count}  {name,-20}{done,-52}{ProgressDisplay.Duration(run.Terminal.Time.GetElapsedTime(began)),9}").ConfigureAwait(false);
        await to.FlushAsync(run.Cancellation).ConfigureAwait(false);
    }
}
