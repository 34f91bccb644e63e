namespace EhrR1.Models;

/// <summary>What a rung found.</summary>
/// <param name="LogProbabilities">One natural logarithm an answer; <see langword="null"/> if it does not reach.</param>
/// <param name="Usage">The tokens used, in either case.</param>
internal readonly record struct RungResult(IReadOnlyList<double>? LogProbabilities, TokenUsage Usage)
{
    public static RungResult None(TokenUsage usage = default) => new(null, usage);
}
