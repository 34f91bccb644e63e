namespace EhrR1.Knowledge;

/// <summary>What was counted for a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Samples">N.</param>
/// <param name="Targets">Different terms of targets.</param>
/// <param name="Pairs">Different pairs of a target and a term of the history that occur together.</param>
/// <param name="Increments">The same, each as often as it occurs.</param>
/// <param name="Kept">Pairs that were kept.</param>
/// <param name="TargetsKept">Different terms of targets that a kept pair has.</param>
/// <param name="TooCommon">Terms of targets so common that no Lift of theirs can be above the threshold: Lift ≤ N / n(t).</param>
/// <param name="SamplesTooCommon">Samples all of whose targets are too common.</param>
public sealed record LiftTaskSummary(string Task, long Samples, int Targets, long Pairs, long Increments, long Kept, int TargetsKept, int TooCommon, long SamplesTooCommon);
