namespace EhrR1.Tasks;

/// <summary>What happened after a risk task's anchor, as the profile in use measures it; a risk task asks one thing of it.</summary>
/// <remarks>Facts that make no sense for the anchor's event type, and those that the records leave open, are <see langword="null"/>.</remarks>
public sealed record RiskFacts
{
    /// <summary>Whether the ED visit led to a hospital stay.</summary>
    public bool? Hospitalized { get; init; }

    /// <summary>Whether the patient died in this hospital stay (for an ED visit: or in the ED).</summary>
    public bool? DiedInHospital { get; init; }

    /// <summary>From the end of the ED visit to the first later ICU stay of the same hospital stay; <see langword="null"/> where there is none.</summary>
    public TimeSpan? ToIntensiveCare { get; init; }

    /// <summary>From the end of the ED visit to the next ED visit; <see langword="null"/> where there is none.</summary>
    public TimeSpan? ToNextEmergencyVisit { get; init; }

    /// <summary>How long the hospital or ICU stay lasted.</summary>
    public TimeSpan? LengthOfStay { get; init; }

    /// <summary>From the moment that mortality counts from to death; <see langword="null"/> where no death is known.</summary>
    public TimeSpan? ToDeath { get; init; }

    /// <summary>Whether a later ICU stay belongs to the same hospital stay.</summary>
    public bool? ReturnsToIntensiveCare { get; init; }

    /// <summary>From the discharge to the next admission; <see langword="null"/> where there is none.</summary>
    public TimeSpan? ToReadmission { get; init; }
}
