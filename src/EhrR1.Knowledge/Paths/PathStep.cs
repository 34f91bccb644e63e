namespace EhrR1.Knowledge;

/// <summary>One step of a path: from a concept over a relation to another.</summary>
/// <param name="From">The concept that is left.</param>
/// <param name="Relation">The relation's kind; see <see cref="Terminology.RelationName"/>.</param>
/// <param name="IsReversed">Whether the relation is walked from its object to its subject.</param>
/// <param name="To">The concept that is reached.</param>
public readonly record struct PathStep(int From, int Relation, bool IsReversed, int To);
