using System.Collections.Concurrent;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>A clock whose time limits pass when a test says so, and not before.</summary>
internal sealed class FiringTime : TimeProvider
{
    private readonly ConcurrentDictionary<Limit, byte> _limits = new();

    /// <summary>Lets every limit pass that is under way.</summary>
    public void Fire()
    {
        foreach (var limit in _limits.Keys)
            limit.Pass();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var limit = new Limit(this, callback, state);
        _limits[limit] = 0;
        return limit;
    }

    private sealed class Limit(FiringTime time, TimerCallback callback, object? state) : ITimer
    {
        public void Pass() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time._limits.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
