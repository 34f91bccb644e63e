namespace EhrR1.Knowledge;

/// <summary>The concepts chosen for a fact and an item of the answer, and the ways from one to the other in words.</summary>
internal sealed record FoundPaths(int Fact, int Target, IReadOnlyList<IReadOnlyList<string>> Paths);
