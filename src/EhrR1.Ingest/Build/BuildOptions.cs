using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What charts are built from, and how.</summary>
public sealed record BuildOptions
{
    /// <summary>The source folder: MIMIC-IV's files, or the paper's release.</summary>
    public required string Source { get; init; }

    /// <summary>The workspace to write; new, empty or an earlier build's.</summary>
    public required string Workspace { get; init; }

    /// <summary>The folder of code maps. The default value is <c>maps</c> in the source folder.</summary>
    public string? Maps { get; init; }

    /// <summary>The profile. The default value is <see cref="ChartProfile.EhrBench"/>.</summary>
    public ChartProfile Profile { get; init; }

    /// <summary>The seed of the workspace's random choices. The default value is 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>The patients to build; <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public IReadOnlyCollection<long>? Subjects { get; init; }

    /// <summary>How many patients to build at most, by ascending id; <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public int? LimitPatients { get; init; }

    /// <summary>The memory limit in bytes, at least 512 MiB; sorting spills to disk beyond it. The default value is 4 GiB.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>How many threads to use; the result does not depend on it. The default value is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>What to do with a row that does not fit. The default value is <see cref="BadRowRule.Fail"/>.</summary>
    public BadRowRule OnBadRow { get; init; }

    /// <summary>How many rows a shard of charts holds, more only where one patient has more. The default value is 500,000.</summary>
    public int RowsPerShard { get; init; } = 500_000;

    /// <summary>How many rows a row group of a staged table has; small ones let tests reach the sorting of a table that is out of order.</summary>
    internal int StagedRowGroup { get; init; } = 122_880;
}
