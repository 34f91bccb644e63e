namespace EhrR1.Hospital;

/// <summary>How a patient comes to the hospital.</summary>
internal enum EncounterKind
{
    /// <summary>Through the emergency department.</summary>
    Emergency,

    /// <summary>Sent or transferred straight to a ward.</summary>
    Direct,

    /// <summary>Planned.</summary>
    Elective,
}
