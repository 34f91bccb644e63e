namespace EhrR1.Training;

/// <summary>A completion that the policy drew.</summary>
/// <param name="Prompt">The place of its prompt in the set.</param>
/// <param name="PromptTokens">The prompt, cut to the limit.</param>
/// <param name="Tokens">What was drawn, with the token that ended it.</param>
/// <param name="IsCut">Whether it was cut off at the limit.</param>
public sealed record Rollout(int Prompt, int[] PromptTokens, int[] Tokens, bool IsCut)
{
    /// <summary>The temperature that it was drawn at where that is not the setting's: its log-probabilities are taken at the same.</summary>
    public double? Temperature { get; init; }
}
