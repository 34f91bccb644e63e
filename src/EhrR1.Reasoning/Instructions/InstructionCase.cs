using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>One case of an instruction set: a conversation of system, user and assistant, and what it was made of.</summary>
public sealed record InstructionCase
{
    /// <summary>The case's own id: the sample's of a direct case or a prompt, the chain's of a reasoning case.</summary>
    public required string Id { get; init; }

    /// <summary>The sample's id.</summary>
    public required string SampleId { get; init; }

    /// <summary>The patient.</summary>
    public required long SubjectId { get; init; }

    /// <summary>The task.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The split of the patient.</summary>
    public required string Split { get; init; }

    /// <summary>What the case teaches. The default value is <see cref="InstructionKind.Direct"/>.</summary>
    public InstructionKind Kind { get; init; } = InstructionKind.Direct;

    /// <summary>Who wrote the chain, or <see langword="null"/> where there is none.</summary>
    public string? Teacher { get; init; }

    /// <summary>The right answer: the items, or a single yes or no.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The user's message; it may hold only until the next case is asked for.</summary>
    public required ReadOnlyMemory<char> User { get; init; }

    /// <summary>The assistant's message; empty for a prompt.</summary>
    public required string Assistant { get; init; }

    /// <summary>The tokens of all messages, without a chat template's own.</summary>
    public required int Tokens { get; init; }
}
