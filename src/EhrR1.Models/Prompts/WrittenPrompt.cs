namespace EhrR1.Models;

/// <summary>A prompt that fits its model, and what became of it on the way.</summary>
public sealed record WrittenPrompt
{
    /// <summary>The prompt as it is sent.</summary>
    public required ModelPrompt Prompt { get; init; }

    /// <summary>New tokens at most.</summary>
    public required int MaxNewTokens { get; init; }

    /// <summary>Tokens of the prompt with the chat template's, an upper bound.</summary>
    public required int Tokens { get; init; }

    /// <summary>How many tokens were cut from the left of the sample's own input.</summary>
    public required int CutTokens { get; init; }

    /// <summary>How many examples stand before the question.</summary>
    public required int Shots { get; init; }

    /// <summary>How many of these were cut.</summary>
    public required int CutShots { get; init; }

    /// <summary>How many examples were left out because there was no room for them.</summary>
    public required int DroppedShots { get; init; }

    /// <summary>Whether the model is asked, or used, to think first; <see langword="null"/> where that is not known.</summary>
    public required bool? Thinks { get; init; }

    /// <summary>Whether the answer's first token should be the first that the model writes, so that its probability can be read there.</summary>
    /// <remarks>Not so where the model thinks, or writes an empty think block itself first. Where <see cref="Thinks"/> is not known it is an assumption that the reader checks.</remarks>
    public required bool AnswersAtOnce { get; init; }
}
