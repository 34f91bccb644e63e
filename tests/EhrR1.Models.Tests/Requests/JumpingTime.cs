using System.Collections.Concurrent;

namespace EhrR1.Models.Tests.Requests;

/// <summary>A clock that jumps to the end of every wait, so that nobody waits.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private readonly Lock _jumping = new();
    private long _now;

    /// <summary>The waits in the order in which they began.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public TimeSpan Elapsed => new(GetTimestamp());

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Waits.Enqueue(dueTime);
            lock (_jumping)
                _now += dueTime.Ticks;
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
