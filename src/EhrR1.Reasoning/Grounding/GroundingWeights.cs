namespace EhrR1.Reasoning;

/// <summary>How much each measure counts in the overall score.</summary>
public sealed record GroundingWeights
{
    /// <summary>Weight of the sections. The default value is 1.</summary>
    public double Sections { get; init; } = 1;

    /// <summary>Weight of the extraction's fidelity. The default value is 3.</summary>
    public double ExtractionFidelity { get; init; } = 3;

    /// <summary>Weight of the relations' support. The default value is 2.</summary>
    public double RelationSupport { get; init; } = 2;

    /// <summary>Weight of the derivation. The default value is 1.</summary>
    public double Derivation { get; init; } = 1;

    /// <summary>Weight of the answer's fidelity. The default value is 3.</summary>
    public double AnswerFidelity { get; init; } = 3;

    /// <summary>Weight of the answer's recall. The default value is 2.</summary>
    public double AnswerRecall { get; init; } = 2;

    /// <summary>Weight of the absence of leakage. The default value is 3.</summary>
    public double NoLeakage { get; init; } = 3;
}
