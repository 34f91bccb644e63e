using System.Runtime.Intrinsics;

namespace EhrR1.Scoring;

/// <summary>A prepared metric that evaluates four replicates in one pass over its rows.</summary>
/// <remarks>Rows are read once for four replicates, and their counts stand side by side: that, not the arithmetic, is what a
/// replicate costs. Results are those of <see cref="IPreparedMetric.Evaluate"/>, to the bit.</remarks>
internal interface ILanedMetric : IPreparedMetric
{
    /// <summary>Evaluates four replicates.</summary>
    /// <param name="counts">Four counts for each patient, one a replicate, side by side.</param>
    /// <returns>The four scores; NaN where not defined.</returns>
    Vector256<double> EvaluateLanes(ReadOnlySpan<float> counts);
}
