namespace EhrR1.Scoring;

/// <summary>How far the best and the worst group lie apart.</summary>
/// <param name="Best">The group with the best score.</param>
/// <param name="Worst">The group with the worst score.</param>
/// <param name="Gap">Distance of the two scores, not negative, with its interval.</param>
/// <param name="PValue">Two-sided p of no difference between the two.</param>
/// <remarks>The two groups are chosen by their scores and then held fixed in every replicate; with many groups the gap
/// and its p are therefore optimistic, as any chosen extreme is.</remarks>
public sealed record SubgroupGap(string Best, string Worst, ScoreInterval Gap, double PValue);
