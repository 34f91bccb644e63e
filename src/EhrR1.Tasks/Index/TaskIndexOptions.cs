using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>How a task index is made.</summary>
public sealed record TaskIndexOptions
{
    /// <summary>Whose definitions apply. The default value is <see cref="ChartProfile.EhrBench"/>. Charts must be grouped by the same profile.</summary>
    public ChartProfile Profile { get; init; } = ChartProfile.EhrBench;

    /// <summary>
    /// Whether the source as a whole has discharge notes. Where it has none, and only then, the readmission tasks are anchored at the
    /// end of the stay instead of its note. The default value is <see langword="true"/>.
    /// </summary>
    public bool HasDischargeNotes { get; init; } = true;

    /// <summary>The tasks to index by name; <see langword="null"/>, the default value, for all.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>How patients are split.</summary>
    public PatientSplit Split { get; init; } = new();
}
