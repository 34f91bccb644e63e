namespace EhrR1.Models;

/// <summary>What a model wrote.</summary>
/// <param name="Completions">As many as were asked for.</param>
/// <param name="Usage">The tokens used; all zero for baselines.</param>
public sealed record GenerationResponse(IReadOnlyList<Completion> Completions, TokenUsage Usage);
