namespace EhrR1.Knowledge;

/// <summary>Where in a sample's input a term stands: the last event of those that hold it, how it is spelled there, and how many there are.</summary>
internal readonly record struct FactPlace(int Term, TermKind Kind, string Text, int Position, int Events);
