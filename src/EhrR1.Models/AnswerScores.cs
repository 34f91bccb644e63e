namespace EhrR1.Models;

/// <summary>How probable given answers are to a model.</summary>
/// <param name="LogProbabilities">Natural logarithms, one an answer; negative infinity for an answer that cannot be.</param>
/// <param name="Source">Where they come from, as it stands in the run (<c>model</c> for baselines; else the rung: <c>top_logprobs</c>, <c>sampling</c>, …).</param>
/// <param name="Usage">The tokens used; all zero for baselines.</param>
public sealed record AnswerScores(IReadOnlyList<double> LogProbabilities, string Source, TokenUsage Usage)
{
    /// <summary>The share of the first of two answers: e^a / (e^a + e^b), from 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">There are not two answers, or both are impossible.</exception>
    public double ShareOfFirst()
    {
        if (LogProbabilities is not [var first, var second] || (double.IsNegativeInfinity(first) && double.IsNegativeInfinity(second)))
            throw new InvalidOperationException("A share needs two answers of which one at least is possible.");
        return 1 / (1 + Math.Exp(second - first));
    }
}
