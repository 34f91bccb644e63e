namespace EhrR1.Training;

/// <summary>Scores a probability of "yes" by what came true.</summary>
/// <remarks>
/// Source: Brier, Monthly Weather Review 78 (1950); Gneiting and Raftery, Journal of the American Statistical Association 102 (2007), on proper scoring rules.
/// Stateless; safe for any number of threads.
/// </remarks>
public static class CalibratedScore
{
    /// <summary>Scores a probability.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pYes">What "yes" was given, 0 to 1.</param>
    /// <param name="happened">Whether the right answer is yes.</param>
    /// <param name="answer">What was answered; <see langword="null"/> where neither can be read, which <see cref="CalibrationRule.BrierStep"/> gives −1.</param>
    /// <param name="logFloor">As in <see cref="RewardOptions.LogFloor"/>.</param>
    public static double Of(CalibrationRule rule, double pYes, bool happened, bool? answer, double logFloor)
    {
        if (pYes is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(pYes), "A probability lies from 0 to 1.");
        double distance = (happened ? 1 : 0) - pYes;
        return rule switch
        {
            CalibrationRule.Log => 1 - (Math.Log(Math.Max(1 - Math.Abs(distance), logFloor)) / Math.Log(logFloor)),
            CalibrationRule.BrierStep => answer is not { } yes ? -1 : yes ? distance : -distance,
            _ => 1 - (distance * distance),
        };
    }
}
