namespace EhrR1.Knowledge;

/// <summary>A term that names no concept and so cost edges.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Term">The term.</param>
/// <param name="Pairs">How many pairs it cost.</param>
public sealed record GraphMiss(TermKind Kind, string Term, long Pairs);
