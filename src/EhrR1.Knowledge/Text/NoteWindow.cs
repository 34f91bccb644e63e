namespace EhrR1.Knowledge;

/// <summary>A row of a note's tokens that names concepts.</summary>
/// <param name="First">The first token.</param>
/// <param name="Last">The last token.</param>
/// <param name="Start">Where it starts, in UTF-16 characters.</param>
/// <param name="Length">Its length.</param>
/// <param name="Hits">The concepts, the most similar first, then in the order of their numbers; at least one.</param>
internal sealed record NoteWindow(int First, int Last, int Start, int Length, NoteHit[] Hits)
{
    /// <summary>What the note says of it.</summary>
    public MentionMarks Marks { get; set; }

    /// <summary>The greatest similarity.</summary>
    public double Similarity => Hits[0].Similarity;
}
