namespace EhrR1.Knowledge;

/// <summary>How alike two sets of trigrams are; x and y are their sizes and o is the size of what they share.</summary>
public enum SimilarityMeasure
{
    /// <summary>o / (x + y − o).</summary>
    Jaccard,

    /// <summary>o / √(x·y).</summary>
    Cosine,

    /// <summary>2·o / (x + y).</summary>
    Dice,

    /// <summary>o / min(x, y).</summary>
    Overlap,
}
