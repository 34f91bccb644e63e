namespace EhrR1.Training;

/// <summary>The reward of one completion.</summary>
/// <param name="Total">The weighted sum of the terms that apply.</param>
/// <param name="Terms">The terms, each for itself.</param>
public sealed record RewardScore(double Total, RewardTerms Terms);
