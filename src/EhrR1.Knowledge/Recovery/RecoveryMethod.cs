namespace EhrR1.Knowledge;

/// <summary>A way of finding which pairs of terms belong together, and what it found.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Found">The pairs that it found, of those that occur in the samples.</param>
public sealed record RecoveryMethod(string Name, IReadOnlySet<TermPair> Found);
