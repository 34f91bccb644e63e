namespace EhrR1.Knowledge;

/// <summary>What one method found, under one definition of true.</summary>
/// <param name="Method">The method.</param>
/// <param name="Farthest">The farthest tie that counts as true: <see cref="TruthTie.Direct"/> alone, or <see cref="TruthTie.ThroughCondition"/> too.</param>
/// <param name="True">Pairs that occur and are true.</param>
/// <param name="Found">Pairs that the method found, of those that are judged.</param>
/// <param name="Hits">Pairs that it found and that are true.</param>
public sealed record RecoveryRow(string Method, TruthTie Farthest, long True, long Found, long Hits)
{
    /// <summary>The share of the true pairs that was found, 0 to 1; <see langword="null"/> where none is true.</summary>
    public double? Recall => True > 0 ? (double)Hits / True : null;

    /// <summary>The share of the found pairs that is true, 0 to 1; <see langword="null"/> where none was found.</summary>
    public double? Precision => Found > 0 ? (double)Hits / Found : null;
}
