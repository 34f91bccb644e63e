namespace EhrR1.Models;

/// <summary>How a stream of requests is worked off.</summary>
public sealed record RequestEngineOptions
{
    /// <summary>Requests under way at once, at least 1. The default value is 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Requests that may fail before the rest is not asked any more. The default value is 20.</summary>
    public int FailuresAtMost { get; init; } = 20;

    /// <summary>How often progress is told at most. The default value is every quarter of a second.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}
