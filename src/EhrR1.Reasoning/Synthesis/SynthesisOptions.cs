namespace EhrR1.Reasoning;

/// <summary>How chains are written; the defaults are the published ones (arXiv 2510.25628).</summary>
public sealed record SynthesisOptions
{
    /// <summary>Chains a sample, of which the best is kept later. The default value is 3.</summary>
    public int Chains { get; init; } = 3;

    /// <summary>Samples asked about at once. The default value is 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Requests that may fail before the rest is not asked any more. The default value is 20.</summary>
    public int FailuresAtMost { get; init; } = 20;
}
