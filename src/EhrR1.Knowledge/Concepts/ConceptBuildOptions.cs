namespace EhrR1.Knowledge;

/// <summary>How the concepts of a workspace's charts are found.</summary>
public sealed record ConceptBuildOptions
{
    /// <summary>How terms are linked.</summary>
    public LinkOptions Links { get; init; } = new();

    /// <summary>How notes are read. Where no semantic types are named, diseases, findings, drugs, tests and procedures are found, not organs, places or activities.</summary>
    public NoteMatcherOptions Notes { get; init; } = new();

    /// <summary>How many of the most frequent misses each field names. The default value is 20.</summary>
    public int Misses { get; init; } = 20;

    /// <summary>How many threads to use. The default value is the number of processors. The results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
