namespace EhrR1.Evaluation;

/// <summary>How far two runs lie apart in a macro mean, on the same samples.</summary>
/// <param name="Run">The run.</param>
/// <param name="Reference">The run that it is held against.</param>
/// <param name="Mean">The mean: <c>decision</c> or <c>risk</c>.</param>
/// <param name="Difference">The run's mean less the reference's, patients drawn jointly.</param>
/// <param name="PValue">Two-sided p of no difference, not corrected for the number of comparisons.</param>
public sealed record RunDifference(string Run, string Reference, string Mean, Score Difference, double? PValue);
