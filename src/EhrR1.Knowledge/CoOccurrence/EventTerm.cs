namespace EhrR1.Knowledge;

/// <summary>A term of an event.</summary>
/// <param name="Term">The term's number in its <see cref="TermTable"/>.</param>
/// <param name="Kind">What it names there.</param>
/// <param name="VisibleFrom">From when on it was known, in ticks; 0 for always.</param>
internal readonly record struct EventTerm(int Term, TermKind Kind, long VisibleFrom);
