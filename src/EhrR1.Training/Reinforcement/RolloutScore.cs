namespace EhrR1.Training;

/// <summary>The reward of a completion.</summary>
/// <param name="Total">The weighted sum.</param>
/// <param name="Terms">Each term before its weight, by name; all are logged.</param>
public sealed record RolloutScore(double Total, IReadOnlyDictionary<string, double> Terms)
{
    /// <summary>
    /// Whether the reward's scale means something, so that advantages are not divided by the group's standard deviation. A proper scoring rule needs that: divided, its
    /// gradient says only on which side of the outcome a probability is, and probabilities run to 0 and 1. The default value is <see langword="false"/>.
    /// </summary>
    public bool KeepsScale { get; init; }
}
