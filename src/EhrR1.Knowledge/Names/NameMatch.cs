namespace EhrR1.Knowledge;

/// <summary>A name that is similar to a query.</summary>
/// <param name="Name">The name's number in its index.</param>
/// <param name="Shared">How many trigrams it shares with the query, repeated ones counted.</param>
/// <param name="Similarity">How similar it is, by the query's measure: 0 to 1.</param>
public readonly record struct NameMatch(int Name, int Shared, double Similarity);
