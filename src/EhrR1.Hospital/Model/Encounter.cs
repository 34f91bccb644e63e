namespace EhrR1.Hospital;

/// <summary>One encounter: an ED visit, an admission, or both.</summary>
internal sealed class Encounter
{
    public required int Number { get; init; }
    public required EncounterKind Kind { get; init; }
    public required long Start { get; init; }
    public required Latent Latent { get; init; }
    public required bool IsEarlyReturn { get; init; }

    /// <summary>The principal condition first, then what comes with it.</summary>
    public required IReadOnlyList<ActiveCondition> Acute { get; init; }

    public long EdStayId { get; set; }

    public long EdOut { get; set; }

    /// <summary>The stay's id, or 0 where the patient was not admitted.</summary>
    public long HadmId { get; set; }

    public long AdmitTime { get; set; }

    public long DischargeTime { get; set; }

    public Course? Course { get; set; }

    public ActiveCondition Principal => Acute[0];

    public bool IsEmergency => Kind == EncounterKind.Emergency;

    public bool IsAdmitted => Course is not null;

    public bool Died => Course is { Died: true };

    public long End => IsAdmitted ? DischargeTime : EdOut;

    public long TimeAt(double hours) => AdmitTime + Clock.Hours(hours);
}
