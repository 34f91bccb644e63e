namespace EhrR1.Knowledge;

/// <summary>The phrases that give one mark to the mentions about them, as note-rules.json has them.</summary>
internal sealed record ContextRule
{
    /// <summary>The mark.</summary>
    public required MentionMarks Mark { get; init; }

    /// <summary>Phrases that mark what stands behind them. The default value is none, here and below.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Phrases that mark what stands before them, back to a comma.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>How many words <see cref="After"/> reach back. The default value is as many as there are.</summary>
    public int AfterReach { get; init; } = int.MaxValue;

    /// <summary>Phrases that mark what stands before them, over commas.</summary>
    public IReadOnlyList<string> AfterList { get; init; } = [];

    /// <summary>Phrases that look like the others and say nothing.</summary>
    public IReadOnlyList<string> Pseudo { get; init; } = [];

    /// <summary>Phrases that no mark passes.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];
}
