namespace EhrR1.Training;

/// <summary>The constants of <see cref="PolicyLoss"/>.</summary>
public sealed record PolicyLossOptions
{
    /// <summary>ε: how far the ratio may fall below 1. The default value is 0.2.</summary>
    public double ClipLow { get; init; } = 0.2;

    /// <summary>ε′: how far the ratio may rise above 1. The default value is 0.2; DAPO's "clip-higher" is 0.28.</summary>
    public double ClipHigh { get; init; } = 0.2;

    /// <summary>β: the weight of the divergence from the reference. The default value is 0, as in current TRL.</summary>
    public double Divergence { get; init; }
}
