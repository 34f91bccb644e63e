using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>A chain of reasoning from a sample's record to its answer, as a line of <c>chains.jsonl</c> holds it.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed record ReasoningChain
{
    /// <summary>The chain's own id: the sample's, and which of its chains it is.</summary>
    public required string Id { get; init; }

    /// <summary>The sample's id.</summary>
    public required string SampleId { get; init; }

    /// <summary>The text: the sections that its template declares, in Markdown.</summary>
    public required string Chain { get; init; }

    /// <summary>The sample's right answer.</summary>
    public required IReadOnlyList<string> Answer { get; init; }

    /// <summary>Who wrote it: the model's name, or "narrator".</summary>
    public required string Teacher { get; init; }

    /// <summary>The prompt template and its version, "with-knowledge@1"; empty for chains from elsewhere.</summary>
    public string Template { get; init; } = "";

    /// <summary>Why its text ended; <see langword="null"/>, the default value, where that is not known.</summary>
    public FinishReason? Finish { get; init; }
}
