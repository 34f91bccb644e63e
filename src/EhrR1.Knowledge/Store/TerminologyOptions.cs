namespace EhrR1.Knowledge;

/// <summary>How a terminology is built.</summary>
public sealed record TerminologyOptions
{
    /// <summary>The vocabularies whose codes show that concepts of different sources are the same. The default value is UMLS, then MeSH.</summary>
    /// <remarks>Codes of coarse vocabularies such as ICD stand for several concepts each; they find concepts, but do not merge them.</remarks>
    public IReadOnlyList<string> MergeBy { get; init; } = ["UMLS", "MESH"];

    /// <summary>How many relations, and as many pairs of each other kind, are sorted in memory at once; more are spilled to a file beside the store. The default value is 24 million, 12 bytes each.</summary>
    public int SortedAtOnce { get; init; } = 24_000_000;
}
