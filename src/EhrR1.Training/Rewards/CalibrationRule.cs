namespace EhrR1.Training;

/// <summary>How a probability is rewarded by what came true.</summary>
public enum CalibrationRule
{
    /// <summary>1 − (p − y)², 0 to 1.</summary>
    Brier,

    /// <summary>1 − ln q / ln floor, 0 to 1, where q is what the right answer was given, no less than the floor.</summary>
    Log,

    /// <summary>
    /// y − p for the answer yes and p − y for no, −1 to 1: P(yes) is the same for all completions of a prompt, so that a score of it alone gives
    /// a group no advantage; with this reward, and advantages that are not divided by their deviation, the expected step is that of the Brier score.
    /// </summary>
    BrierStep,
}
