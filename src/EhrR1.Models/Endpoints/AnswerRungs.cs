namespace EhrR1.Models;

/// <summary>The ways to the probability of a given answer, best first, by the names that stand in runs.</summary>
public static class AnswerRungs
{
    /// <summary>The probabilities of the answers' own tokens, asked for by number (vLLM since 2026).</summary>
    public const string TokenIds = "logprob_token_ids";

    /// <summary>vLLM's route of its own for the probabilities of label tokens.</summary>
    public const string GenerativeScoring = "generative_scoring";

    /// <summary>The most probable first tokens, mostly 20.</summary>
    public const string TopTokens = "top_logprobs";

    /// <summary>The answers put behind the prompt, whose tokens' probabilities are given back.</summary>
    public const string Echo = "completions_echo";

    /// <summary>The share of an answer among drawn completions.</summary>
    public const string Sampling = "sampling";

    /// <summary>All rungs, best first.</summary>
    public static IReadOnlyList<string> Names { get; } = [TokenIds, GenerativeScoring, TopTokens, Echo, Sampling];
}
