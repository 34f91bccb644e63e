namespace EhrR1.Models;

/// <summary>How failed calls are tried again.</summary>
public sealed record ResilienceOptions
{
    /// <summary>How often a call is tried again, while other calls go well. The default value is 8.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>The wait before the first retry; it doubles each time, and is spread at random. The default value is 1 second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. The default value is 1 minute.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that a server may ask for by Retry-After. The default value is 10 minutes.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many failures within <see cref="BreakerWindow"/>, if they are more than half of the calls, make everybody wait. The default value is 10.</summary>
    public int BreakerFailures { get; init; } = 10;

    /// <summary>The time over which failures are counted. The default value is 30 seconds.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long everybody waits before one call tries whether the server is back. The default value is 15 seconds.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a server may answer nothing at all before it counts as gone. The default value is 10 minutes.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Seed of the spread of waits. The default value is 1.</summary>
    public int Seed { get; init; } = 1;
}
