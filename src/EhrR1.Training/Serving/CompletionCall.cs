namespace EhrR1.Training;

/// <summary>What a client asks: prompts, how each is continued, and what is told of it.</summary>
internal sealed record CompletionCall
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is answered in the form of chat completions.</summary>
    public required bool IsChat { get; init; }

    /// <summary>The prompts' tokens; one, but for completions of a list.</summary>
    public required IReadOnlyList<int[]> Prompts { get; init; }

    /// <summary>How a prompt is continued; the n-th completion's seed is that much later.</summary>
    public required SequenceOptions Options { get; init; }

    /// <summary>Completions of each prompt.</summary>
    public int Completions { get; init; } = 1;

    /// <summary>Whether the prompt alone is asked about: no token is to be written.</summary>
    public bool WritesNothing { get; init; }

    /// <summary>Whether tokens' log-probabilities are told.</summary>
    public bool TellsTokens { get; init; }

    /// <summary>Whether tokens are named by their ids.</summary>
    public bool NamesTokensById { get; init; }

    /// <summary>Whether the prompt stands before the completion.</summary>
    public bool Echoes { get; init; }

    /// <summary>How many probable tokens are told beside each of the prompt, in vLLM's form; <see langword="null"/> for no word of the prompt.</summary>
    public int? PromptAlternatives { get; init; }

    /// <summary>Whether the answer comes piece by piece.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether the last piece tells the tokens used.</summary>
    public bool StreamsUsage { get; init; }

    /// <summary>All completions.</summary>
    public int Choices => Prompts.Count * Completions;

    /// <summary>Whether the prompts' own probabilities are needed.</summary>
    public bool ReadsPrompts => PromptAlternatives is not null || (Echoes && TellsTokens);

    /// <summary>The request of one completion.</summary>
    public SequenceRequest RequestOf(int choice) => new(Prompts[choice / Completions], Options with { Seed = unchecked(Options.Seed + (choice % Completions)) });
}
