using EhrR1.Scoring;

namespace EhrR1.Evaluation;

/// <summary>How a run is scored.</summary>
public sealed record ScoringOptions
{
    /// <summary>Replicates of the bootstrap, at least 1. The default value is 1,000.</summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>The bootstrap's seed. The default value is 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at most; it changes no result. The default value 0 means one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Patients that a group needs to take part in a gap. The default value is 10.</summary>
    public int GroupPatients { get; init; } = 10;

    internal BootstrapOptions Bootstrap => new() { Replicates = Replicates, Seed = Seed, Threads = Threads };
}
