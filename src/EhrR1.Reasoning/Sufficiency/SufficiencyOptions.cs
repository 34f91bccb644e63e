namespace EhrR1.Reasoning;

/// <summary>How chains are tested for sufficiency.</summary>
public sealed record SufficiencyOptions
{
    /// <summary>The F1 that the model's answer must reach, 0 to 1. The default value is 0.7: a reader who finds the seven tenths of the items that the published filter asks for, and no others, reaches 0.82.</summary>
    public double Least { get; init; } = 0.7;

    /// <summary>Chains tested at once. The default value is 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Calls that may fail before the rest is not tested any more. The default value is 20.</summary>
    public int FailuresAtMost { get; init; } = 20;

    /// <summary>Titles that the chains give to their template's sections. The default value is none beside the template's own.</summary>
    public ChainTitles Titles { get; init; } = ChainTitles.None;
}
