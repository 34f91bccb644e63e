namespace EhrR1.Knowledge;

/// <summary>A term that named no concept.</summary>
/// <param name="Text">The term's text.</param>
/// <param name="Rows">How many rows have it.</param>
public sealed record MissedTerm(string Text, long Rows);
