namespace EhrR1.Reasoning;

/// <summary>How long cases are, in tokens.</summary>
/// <param name="Total">All together.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P5">5 in 100 are no longer than this.</param>
/// <param name="Median">Half are no longer.</param>
/// <param name="P95">95 in 100 are no longer.</param>
/// <param name="P99">99 in 100 are no longer.</param>
/// <param name="Most">The longest.</param>
public readonly record struct TokenStats(long Total, double Mean, long P5, long Median, long P95, long P99, long Most);
