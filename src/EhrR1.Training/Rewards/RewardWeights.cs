using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>How much each term counts in the reward.</summary>
public sealed record RewardWeights
{
    /// <summary>Weight of the accuracy of decisions. The default value is 1, as published.</summary>
    public double Accuracy { get; init; } = 1;

    /// <summary>Weight of the accuracy of risks; <see langword="null"/>, the default value, for that of decisions, or 0 where <see cref="Calibration"/> is weighted, which then stands in its place.</summary>
    public double? RiskAccuracy { get; init; }

    /// <summary>Weight of the format. The default value is 1, as published.</summary>
    public double Format { get; init; } = 1;

    /// <summary>Weight of the grounding of chains. The default value is 0: the published reward has none.</summary>
    public double Grounding { get; init; }

    /// <summary>Weight of the calibration of risks. The default value is 0: the published reward has none.</summary>
    public double Calibration { get; init; }

    /// <summary>The weight that the accuracy of risks has.</summary>
    public double OfRiskAccuracy => RiskAccuracy ?? (Calibration > 0 ? 0 : Accuracy);

    /// <summary>Fails where a weight is no number.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="EhrR1Exception">A weight is negative or not finite, or all are 0.</exception>
    public void Check(string? where = null)
    {
        double[] all = [Accuracy, RiskAccuracy ?? 0, Format, Grounding, Calibration];
        if (Array.Exists(all, w => !double.IsFinite(w) || w < 0))
            throw new EhrR1Exception("A weight of the reward is negative or no number", where, "Give each term a weight of 0 or more");
        if (Array.TrueForAll(all, w => w == 0))
            throw new EhrR1Exception("All weights of the reward are 0", where, "Give at least one term a weight");
    }
}
