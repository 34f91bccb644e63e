using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>One completion that is to be rewarded, with what it is held against.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed record RewardRequest
{
    /// <summary>All that the policy wrote, thinking included.</summary>
    public required string Completion { get; init; }

    /// <summary>The right answer: the items of a decision, or a single yes or no.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The task.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The sample's id, by which errors name it and a workspace finds it; <see langword="null"/> where it is not known.</summary>
    public string? SampleId { get; init; }

    /// <summary>What the policy gave "yes" at the answer's place, 0 to 1, of risk tasks; <see langword="null"/> where it is not known.</summary>
    public double? PYes { get; init; }

    /// <summary>The sample itself, which the grounding term needs; <see langword="null"/> where it is not at hand.</summary>
    public RewardContext? Context { get; init; }
}
