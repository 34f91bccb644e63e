namespace EhrR1.Models;

/// <summary>Which answers to a prompt are to be scored.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Answers">The answers, each in one spelling (<c>yes</c>); the model takes care of other spellings itself.</param>
public sealed record AnswerScoringRequest(ModelPrompt Prompt, IReadOnlyList<string> Answers)
{
    /// <summary>
    /// New tokens for a model that thinks before it answers, or writes an empty think block: its first token is no answer, so whole answers are drawn.
    /// The default value is <see langword="null"/>: the answer comes at once.
    /// </summary>
    public int? ThinkingTokens { get; init; }
}
