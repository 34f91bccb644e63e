using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>One task, as data: what it is anchored at, what it asks, and how its samples are drawn.</summary>
/// <remarks>Immutable; the instances are those of <see cref="TaskCatalog"/>.</remarks>
public sealed record TaskDefinition
{
    /// <summary>The task's name, as released.</summary>
    public required string Name { get; init; }

    /// <summary>The family.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The event type that a sample is anchored at; <see langword="null"/> for every timed event.</summary>
    public required string? AnchorEvent { get; init; }

    /// <summary>The fields that name an item's label, the first that has a value; none for risk tasks and where the event type itself is the label.</summary>
    public IReadOnlyList<string> TargetFields { get; init; } = [];

    /// <summary>The question, exactly as models were trained on it.</summary>
    public required string Instruction { get; init; }

    /// <summary>The metric's released name: <c>em</c>, <c>recall</c>, <c>acc</c>, <c>rouge</c>, <c>aucroc</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The published number of samples in the instruction set at most; 0 where the task is not in it.</summary>
    public required int InstructionCap { get; init; }

    /// <summary>Event types that this task's context leaves out, beside those that every task leaves out.</summary>
    public IReadOnlyList<string> ExcludedEvents { get; init; } = [];

    /// <summary>Whether samples are drawn by their weight rather than uniformly.</summary>
    public bool DrawsByWeight { get; init; }

    /// <summary>Whether the task is one of the four that the release adds to the paper's 42.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Whether the answer is free text, scored by ROUGE-1 and in no mean.</summary>
    public bool IsFreeText { get; init; }

    /// <summary>Whether the last discharge note of another stay is put in front of the context.</summary>
    public bool ShowsLastDischarge { get; init; } = true;

    /// <summary>Whether the stay's admission is put in front of the context.</summary>
    public bool ShowsAdmission { get; init; } = true;

    /// <summary>Whether a drawn sample's context must reach back to the admission.</summary>
    public bool ReachesAdmission { get; init; }

    /// <summary>The number of labels that a drawn sample must stay below, if any.</summary>
    public int? LabelsBelow { get; init; }

    /// <summary>The question of a risk task; <see langword="null"/> for decision tasks.</summary>
    public RiskQuestion? Question { get; init; }

    /// <summary>The family's released name: <c>decision_making</c> or <c>risk_prediction</c>.</summary>
    public string TaskType => Kind == TaskKind.Risk ? "risk_prediction" : "decision_making";

    /// <summary>The first target field as the release names it: <c>file_name</c> where the event type is the label, <see langword="null"/> for risk tasks.</summary>
    public string? TargetKey => Kind == TaskKind.Risk ? null : TargetFields.Count == 0 ? "file_name" : ReleasedTargetKey ?? TargetFields[0];

    /// <summary>The released target key where it is not the first target field.</summary>
    public string? ReleasedTargetKey { get; init; }

    /// <summary>Whether a sample may be anchored at an event type.</summary>
    public bool IsAnchoredAt(EventType type) => AnchorEvent is null ? type.Rank != 0 : AnchorEvent == type.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
