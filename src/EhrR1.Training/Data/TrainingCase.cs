namespace EhrR1.Training;

/// <summary>A conversation as tokens, and where the part begins that the model has to write.</summary>
/// <param name="Tokens">The tokens, up to and with the one that ends the model's turn.</param>
/// <param name="CompletionStart">The place of the first token that the model has to write; 1 at least, so that something stands before it.</param>
/// <param name="IsReasoning">Whether it has a chain of reasoning.</param>
public sealed record TrainingCase(int[] Tokens, int CompletionStart, bool IsReasoning)
{
    /// <summary>How many tokens the model has to write.</summary>
    public int CompletionTokens => Tokens.Length - CompletionStart;

    /// <summary>The case with the last tokens of its prompt and all that the model has to write: where the prompt ends does not tell how long the answer is.</summary>
    /// <param name="most">Tokens of the prompt to keep, 1 at least.</param>
    /// <returns>The case itself where its prompt is not longer.</returns>
    public TrainingCase KeepPrompt(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return CompletionStart <= most ? this : new TrainingCase(Tokens[(CompletionStart - most)..], most, IsReasoning);
    }

    /// <summary>The case with its last tokens alone, as the published training cuts it.</summary>
    /// <param name="most">Tokens to keep, 2 at least.</param>
    /// <returns>The case itself where it is not longer. A completion longer than that loses its beginning too, but for one token of context.</returns>
    public TrainingCase KeepLast(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (Tokens.Length <= most)
            return this;
        var cut = Tokens.Length - most;
        return new TrainingCase(Tokens[cut..], Math.Max(1, CompletionStart - cut), IsReasoning);
    }
}
