namespace EhrR1.Models;

/// <summary>Tokens that a call used.</summary>
/// <param name="Prompt">Tokens read.</param>
/// <param name="Completion">Tokens written, over all completions.</param>
/// <param name="Cached">Of those read, how many came from the endpoint's prefix cache.</param>
public readonly record struct TokenUsage(long Prompt, long Completion, long Cached = 0)
{
    /// <summary>The sum of two calls.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => left.Add(right);

    /// <summary>The sum with another call.</summary>
    public TokenUsage Add(TokenUsage other) => new(Prompt + other.Prompt, Completion + other.Completion, Cached + other.Cached);
}
