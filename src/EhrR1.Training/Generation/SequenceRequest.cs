namespace EhrR1.Training;

/// <summary>A prompt and how it is to be continued.</summary>
/// <param name="Prompt">The prompt's tokens, at least one.</param>
/// <param name="Options">How it is continued.</param>
public sealed record SequenceRequest(IReadOnlyList<int> Prompt, SequenceOptions Options);
