namespace EhrR1.Models;

/// <summary>What a model is asked to write.</summary>
public sealed record GenerationRequest
{
    /// <summary>The prompt.</summary>
    public required ModelPrompt Prompt { get; init; }

    /// <summary>How many completions, at least 1. The default value is 1.</summary>
    public int Completions { get; init; } = 1;

    /// <summary>How tokens are drawn. The default value is greedy decoding of up to 128 tokens.</summary>
    public SamplingSettings Sampling { get; init; } = new();
}
