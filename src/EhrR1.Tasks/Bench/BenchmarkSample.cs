namespace EhrR1.Tasks;

/// <summary>One line of an EHR-Bench file, ours or the release's.</summary>
/// <remarks>Immutable; safe for use by any number of threads. What the release's files do not hold is <see langword="null"/>.</remarks>
public sealed record BenchmarkSample
{
    /// <summary>The line's number in its file, from 0.</summary>
    public required long Idx { get; init; }

    /// <summary>The stable id; for the released files <c>{task}-{idx}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The patient, or <see langword="null"/>.</summary>
    public long? SubjectId { get; init; }

    /// <summary>The hospital stay, or <see langword="null"/>.</summary>
    public long? HadmId { get; init; }

    /// <summary>The moment of the question, or <see langword="null"/>.</summary>
    public DateTime? PredictionTime { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The anchor's event type, or <see langword="null"/>.</summary>
    public string? Event { get; init; }

    /// <summary>The family.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The metric's released name, or <see langword="null"/>.</summary>
    public string? Metric { get; init; }

    /// <summary>The question.</summary>
    public required string Instruction { get; init; }

    /// <summary>The chart text.</summary>
    public required string Input { get; init; }

    /// <summary>The right answer as text.</summary>
    public required string Output { get; init; }

    /// <summary>The right answer as a list; a single yes or no for risk.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The candidate answers; empty where there are none.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>The split of the patient, or <see langword="null"/>.</summary>
    public string? Split { get; init; }

    /// <summary>Whether another event type had named a label within the hour before (strict profile).</summary>
    public bool Echo { get; init; }

    /// <summary>What a model is given: the input, a newline, the question.</summary>
    public string Prompt => Input + "\n" + Instruction;
}
