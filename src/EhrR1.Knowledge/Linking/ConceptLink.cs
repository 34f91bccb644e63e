namespace EhrR1.Knowledge;

/// <summary>A concept that a term names.</summary>
/// <param name="Concept">The concept's number in its <see cref="Terminology"/>.</param>
/// <param name="Way">How it was found.</param>
/// <param name="Similarity">The similarity of the names, above 0 and at most 1; 1 for all ways but <see cref="LinkWay.Approximate"/>.</param>
public readonly record struct ConceptLink(int Concept, LinkWay Way, double Similarity = 1);
