namespace EhrR1.Training;

/// <summary>How one sequence is generated. Probabilities are changed in this order: repetition penalty, bias, allowed tokens, temperature, top-k, top-p, min-p.</summary>
public sealed record SequenceOptions
{
    /// <summary>New tokens at most. The default value is 128.</summary>
    public int MaxNewTokens { get; init; } = 128;

    /// <summary>Temperature of the draw, 0 for the most probable token, as is anything below a millionth. The default value is 0.</summary>
    public double Temperature { get; init; }

    /// <summary>How many of the most probable tokens are drawn from; <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public int? TopK { get; init; }

    /// <summary>Nucleus: the smallest set of tokens with this probability is drawn from, above 0 to 1. The default value is 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Tokens less probable than this share of the most probable one are not drawn, 0 to 1. The default value is 0.</summary>
    public double MinP { get; init; }

    /// <summary>Logits of tokens that the prompt or the answer holds are divided by this where positive and multiplied where negative (CTRL, 2019). The default value is 1, no penalty.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Seed of the draws: same seed and prompt, same text, whatever else is in the batch. The default value is 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Where in the model's distribution over texts to take the text from, 0 to below 1, as long as that says what comes: texts of places that lie evenly share the distribution out among themselves
    /// (arithmetic sampling, Vilnis et al. 2023). The default value is <see langword="null"/>: every token is drawn by the seed.
    /// </summary>
    public double? Place { get; init; }

    /// <summary>Tokens that end the sequence; <see langword="null"/> for those of the model. The default value is <see langword="null"/>.</summary>
    public IReadOnlyList<int>? StopTokens { get; init; }

    /// <summary>Texts that end the sequence and are cut off. The default value is none.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];

    /// <summary>What is added to tokens' logits. The default value is none.</summary>
    public IReadOnlyDictionary<int, double> LogitBias { get; init; } = new Dictionary<int, double>();

    /// <summary>The only tokens that may come; <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public IReadOnlyList<int>? AllowedTokens { get; init; }

    /// <summary>The only answers that may come, as tokens; <see langword="null"/> for any. The default value is <see langword="null"/>.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? AllowedAnswers { get; init; }

    /// <summary>How many of the most probable tokens are told with every token. The default value is 0.</summary>
    public int Alternatives { get; init; }

    /// <summary>Tokens that are told with every token in place of the most probable ones, however improbable they are. The default value is none.</summary>
    public IReadOnlyList<int> WatchedTokens { get; init; } = [];
}
