namespace EhrR1.Evaluation.Tests;

/// <summary>A clock that stands still, so that runs and reports have the same bytes each time.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2150, 6, 1, 8, 30, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;
}
