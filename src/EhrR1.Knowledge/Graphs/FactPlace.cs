namespace EhrR1.Knowledge;

/// <summary>Where in a sample's input a term stands: the last event of those that hold it, how it is spelled there, how many there are, and the words of a note where they are others (<see cref="GraphFact.Spelling"/>).</summary>
internal readonly record struct FactPlace(int Term, TermKind Kind, string Text, int Position, int Events, string? Spelling = null);
