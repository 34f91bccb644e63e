using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>How a folder of chains is checked.</summary>
public sealed record ChainCheckOptions
{
    /// <summary>How chains are checked.</summary>
    public GroundingOptions Grounding { get; init; } = new();

    /// <summary>A terminology for relations that a graph lacks, or <see langword="null"/>; it must stay open.</summary>
    public Terminology? Terminology { get; init; }

    /// <summary>The workspace's folder with thinking graphs. The default value is "graphs".</summary>
    public string GraphFolder { get; init; } = "graphs";

    /// <summary>Titles that the chains give to their template's sections. The default value is none beside the template's own.</summary>
    public ChainTitles Titles { get; init; } = ChainTitles.None;

    /// <summary>How many chains are held at once, those of a sample never parted. The default value is 20,000, about 200 MB.</summary>
    public int ChainsAtOnce { get; init; } = 20_000;

    /// <summary>How many of the worst chains are named. The default value is 10.</summary>
    public int Worst { get; init; } = 10;

    /// <summary>How many threads to use. The default value is the number of processors. The results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
