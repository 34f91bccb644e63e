namespace EhrR1.Hospital;

/// <summary>A patient: who it is, what illness is carried through the years, and every encounter with the hospital.</summary>
internal sealed class Patient
{
    public required long Index { get; init; }
    public required long SubjectId { get; init; }
    public required Ids Ids { get; init; }
    public required Rng Rng { get; init; }
    public required string Sex { get; init; }
    public required int AnchorAge { get; init; }
    public required int AnchorYear { get; init; }
    public required string AnchorYearGroup { get; init; }
    public required string Race { get; init; }
    public required string Language { get; init; }
    public required string Insurance { get; init; }
    public required string MaritalStatus { get; init; }
    public required double WeightKg { get; init; }
    public required double HeightCm { get; init; }
    public required double Frailty { get; init; }
    public required double Burden { get; init; }
    public required IReadOnlyList<ActiveCondition> Chronic { get; init; }
    public required IReadOnlyList<Drug> HomeDrugs { get; init; }
    public required IReadOnlyList<string> Allergies { get; init; }

    /// <summary>Whether bedside scanning of drugs was in use yet in the patient's years.</summary>
    public required bool HasEmar { get; init; }

    public List<Encounter> Encounters { get; } = [];

    public long? DiedAt { get; set; }

    /// <summary>Order numbers run through a patient's whole record.</summary>
    public int PoeSequence { get; set; }

    public int EmarSequence { get; set; }

    public bool IsMale => Sex == "M";

    public int AgeAt(long time) => AnchorAge + Clock.YearOf(time) - AnchorYear;
}
