namespace EhrR1.Scoring;

/// <summary>Settings of a bootstrap over patients.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of replicates, at least 1. The default value is 1,000.</summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>Seed; the same seed, patients and replicates give the same draws on any machine. The default value is 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at most; it changes no result. The default value 0 means one a core.</summary>
    public int Threads { get; init; }
}
