namespace EhrR1.Models;

/// <summary>How large one file of a batch may be; the defaults are OpenAI's limits (Batch API reference, 2026).</summary>
public sealed record BatchLimits
{
    /// <summary>Requests at most. The default value is 50,000.</summary>
    public int Requests { get; init; } = 50_000;

    /// <summary>Bytes at most. The default value is 200,000,000.</summary>
    public long Bytes { get; init; } = 200_000_000;
}
