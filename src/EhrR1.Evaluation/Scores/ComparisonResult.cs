namespace EhrR1.Evaluation;

/// <summary>Runs held against a reference, sample by sample.</summary>
public sealed record ComparisonResult
{
    /// <summary>The run that the others are held against.</summary>
    public required string Reference { get; init; }

    /// <summary>The other runs, in the order given.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The differences of the macro means; p values are corrected over all of them.</summary>
    public required IReadOnlyList<RunDifference> Means { get; init; }

    /// <summary>The differences by task; p values are corrected over all of them.</summary>
    public required IReadOnlyList<RunDifference> Tasks { get; init; }

    /// <summary>Samples of a compared task that only one of a pair of runs was asked; more than 0 only where that was allowed.</summary>
    public int SamplesLeftOut { get; init; }

    /// <summary>Replicates of the bootstrap.</summary>
    public int Replicates { get; init; }

    /// <summary>The bootstrap's seed.</summary>
    public ulong Seed { get; init; }
}
