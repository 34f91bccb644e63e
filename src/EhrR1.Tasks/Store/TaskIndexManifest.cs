namespace EhrR1.Tasks;

/// <summary>What a task index says of itself, in <c>tasks/index.json</c>.</summary>
public sealed record TaskIndexManifest
{
    /// <summary>The profile: <c>ehr-bench</c> or <c>strict</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>How patients are split.</summary>
    public required PatientSplit Split { get; init; }

    /// <summary>Whether the source has discharge notes; where it has none, the readmission tasks are anchored at the end of the stay.</summary>
    public required bool HasDischargeNotes { get; init; }

    /// <summary>The number of shards, numbered like those of the charts.</summary>
    public required int Shards { get; init; }

    /// <summary>The number of samples of each task, in the catalogue's order; of risk tasks, <see cref="Positives"/> says yes to how many.</summary>
    public required IReadOnlyDictionary<string, long> Samples { get; init; }

    /// <summary>The number of samples of each risk task whose answer is yes.</summary>
    public required IReadOnlyDictionary<string, long> Positives { get; init; }
}
