namespace EhrR1.Reasoning;

/// <summary>What the grounding check says of a chain.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed record GroundingResult
{
    /// <summary>The measures.</summary>
    public required GroundingMeasures Measures { get; init; }

    /// <summary>The overall score, 0 to 1, by which the best of a sample's chains is chosen.</summary>
    public required double Score { get; init; }

    /// <summary>What does not hold, in the order of the checks; at most as many as the options say.</summary>
    public required IReadOnlyList<GroundingFault> Faults { get; init; }

    /// <summary>How many faults there are.</summary>
    public required int FaultCount { get; init; }

    /// <summary>How many events, items, numbers, units and times were checked against the input.</summary>
    public required int Claims { get; init; }

    /// <summary>How many claims are false: claims on the input that it contradicts or that stand nowhere, relations that the graph contradicts, and final items that are none of the answer.</summary>
    /// <remarks>A relation that neither graph nor terminology has is none of these: no terminology holds all of medicine.</remarks>
    public required int FalseClaims { get; init; }

    /// <summary>How many pairs of concepts were checked.</summary>
    public required int Pairs { get; init; }

    /// <summary>Whether nothing was found wrong.</summary>
    public bool IsGrounded => FaultCount == 0;

    /// <summary>Whether a fault of a kind is among those kept.</summary>
    public bool Has(GroundingFaultKind kind) => Faults.Any(f => f.Kind == kind);
}
