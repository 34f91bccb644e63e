namespace EhrR1.Training;

/// <summary>An answer.</summary>
public sealed record GeneratedSequence
{
    /// <summary>Its tokens, the stop token included if one came.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>The log-probability of every token under the model itself, before temperature, penalties and limits.</summary>
    public required IReadOnlyList<double> LogProbabilities { get; init; }

    /// <summary>For every token the most probable ones at its place; empty where none were asked for.</summary>
    public required IReadOnlyList<IReadOnlyList<TokenChance>> Alternatives { get; init; }

    /// <summary>Its text, without special tokens and the stop text; empty without a tokenizer.</summary>
    public required string Text { get; init; }

    /// <summary>Why it ended.</summary>
    public required SequenceEnd End { get; init; }
}
