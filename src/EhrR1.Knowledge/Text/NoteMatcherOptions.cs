namespace EhrR1.Knowledge;

/// <summary>What <see cref="NoteMatcher"/> finds in a text.</summary>
public sealed record NoteMatcherOptions
{
    /// <summary>The measure and the least similarity of a name. The default value is Jaccard at 0.7.</summary>
    public SimilarityThreshold Threshold { get; init; } = SimilarityThreshold.Default;

    /// <summary>The most words that a mention has, numbers among them. The default value is 5.</summary>
    public int MostWords { get; init; } = 5;

    /// <summary>The least length of a mention in UTF-16 characters. The default value is 3.</summary>
    public int LeastLength { get; init; } = 3;

    /// <summary>The semantic types of the concepts to find, by name and whatever their case; a concept of one of them is enough. The default value is <see langword="null"/>, for all concepts.</summary>
    public IReadOnlyCollection<string>? SemanticTypes { get; init; }

    /// <summary>Whether of mentions that overlap the best alone is kept, and of a mention the concepts of its most similar names alone. The default value is <see langword="true"/>.</summary>
    public bool BestMatch { get; init; } = true;

    /// <summary>Which of two mentions that overlap is the better one. The default value is <see cref="OverlapCriterion.Similarity"/>.</summary>
    public OverlapCriterion Overlap { get; init; } = OverlapCriterion.Similarity;

    /// <summary>Whether a name that is only similar must agree with the text in numbers, single letters and opposites. The default value is <see langword="true"/>.</summary>
    /// <remarks>Without it, as in QuickUMLS, "hepatitis C" finds hepatitis B where the terminology lacks hepatitis C.</remarks>
    public bool KeepDistinctions { get; init; } = true;

    /// <summary>How many looked-up texts are remembered, with what they found; it changes the speed alone. The default value is 200,000, about 40 MB; below 2 nothing is.</summary>
    public int Remembered { get; init; } = 200_000;
}
