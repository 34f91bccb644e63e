namespace EhrR1.Training.Tests;

/// <summary>Gives the first line as soon as it is written.</summary>
internal sealed class LineSignal : StringWriter
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> FirstLine => _first.Task;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        _first.TrySetResult(value ?? "");
    }
}
