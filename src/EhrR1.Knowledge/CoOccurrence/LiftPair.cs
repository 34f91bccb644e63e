namespace EhrR1.Knowledge;

/// <summary>A term of a target and a term of the history that occur together, counted over the samples of a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Target">The term of the target.</param>
/// <param name="History">The term of the history.</param>
/// <param name="TargetSamples">n(t): samples in which the first is in target or history.</param>
/// <param name="HistorySamples">n(h): samples in which the second is in target or history.</param>
/// <param name="Together">n(t, h): samples with the first in the target and the second in the history.</param>
/// <param name="Samples">N: the samples of the task.</param>
/// <param name="PValue">The probability of so many or more together if they were independent (Fisher's exact test, one-sided); <see langword="null"/> where it was not asked for.</param>
public sealed record LiftPair(string Task, string Target, string History, long TargetSamples, long HistorySamples, long Together, long Samples, double? PValue = null)
{
    /// <summary>n(t, h) · N / (n(t) · n(h)): 1 for independent terms.</summary>
    public double Lift => LiftOf(TargetSamples, HistorySamples, Together, Samples);

    internal static double LiftOf(long target, long history, long together, long samples) => (double)together * samples / ((double)target * history);
}
