namespace EhrR1.Knowledge;

/// <summary>Which facts of a chart count as going with an answer; the defaults are those of the EHR-R1 paper (arXiv 2510.25628).</summary>
public sealed record LiftOptions
{
    /// <summary>The least number of samples in which a term of the history occurs. The default value is 5.</summary>
    public int LeastSamples { get; init; } = 5;

    /// <summary>Pairs must have a Lift above this; <see langword="null"/> for those whose association is significant (<see cref="FalseDiscoveryRate"/>). The default value is 5.</summary>
    public double? LiftAbove { get; init; } = 5;

    /// <summary>With <see cref="LiftAbove"/> <see langword="null"/>: the false discovery rate of Fisher's exact tests. The default value is 0.05.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>The tasks by name; <see langword="null"/>, the default value, for the paper's decision tasks.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>The split whose samples are counted. The default value is train.</summary>
    public string Split { get; init; } = EhrR1.Tasks.SplitNames.Train;

    /// <summary>How much memory the pairs may take before they are spilled to disk, in bytes. The default value is 2 GiB.</summary>
    public long Memory { get; init; } = 2L << 30;

    /// <summary>How many threads to use. The default value is the number of processors. The results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
