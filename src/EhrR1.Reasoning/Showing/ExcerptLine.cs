namespace EhrR1.Reasoning;

/// <summary>A line of a record that is shown, or a gap between two.</summary>
/// <param name="Number">The line's number in the whole record, from 1; of a gap, that of its first line.</param>
/// <param name="Text">The line; of a gap, what is left out.</param>
/// <param name="IsGap">Whether lines are left out here.</param>
public readonly record struct ExcerptLine(int Number, string Text, bool IsGap);
