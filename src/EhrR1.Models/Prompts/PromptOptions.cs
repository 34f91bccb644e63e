namespace EhrR1.Models;

/// <summary>What a user may set of the prompts of a run.</summary>
public sealed record PromptOptions
{
    /// <summary>Whether the model thinks before it answers a decision; risks are always answered without. The default value is <see langword="null"/>: it thinks if it can be told to, or as it is used to.</summary>
    public bool? Think { get; init; }

    /// <summary>How thinking is switched, where an endpoint does not pass on what the profile uses. The default value is <see langword="null"/>, the profile's way.</summary>
    public ThinkingSwitch? Switch { get; init; }

    /// <summary>How hard a model with <see cref="ThinkingSwitch.ReasoningEffort"/> thinks: <c>low</c>, <c>medium</c> or <c>high</c>. The default value is <c>medium</c>.</summary>
    public string Effort { get; init; } = "medium";

    /// <summary>Whether candidates and the line that asks for the bare answer are given. The default value is <see langword="null"/>: to models that were not trained on EHR-Bench.</summary>
    public bool? Candidates { get; init; }

    /// <summary>The context in tokens, prompt and answer together. The default value is <see langword="null"/>, the profile's.</summary>
    public int? Context { get; init; }

    /// <summary>New tokens at most. The default value is <see langword="null"/>: the profile's, by whether the model may think.</summary>
    public int? MaxNewTokens { get; init; }
}
