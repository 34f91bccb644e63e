namespace EhrR1.Training;

/// <summary>How much is generated at once.</summary>
public sealed record GenerationLimits
{
    /// <summary>Sequences at once; others wait for one to end. The default value is 32.</summary>
    public int Sequences { get; init; } = 32;

    /// <summary>Bytes of keys and values at most; a sequence that would go beyond waits, unless it is alone. The default value is 2 GiB.</summary>
    public long CacheBytes { get; init; } = 2L << 30;
}
