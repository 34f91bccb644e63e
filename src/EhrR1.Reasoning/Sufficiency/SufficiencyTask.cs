namespace EhrR1.Reasoning;

/// <summary>What the test of sufficiency found of the chains of one task.</summary>
/// <param name="Task">The task, or "all".</param>
/// <param name="Chains">Chains that are not kept apart.</param>
/// <param name="Tested">Of these, chains that the model answered by.</param>
/// <param name="Sufficient">Of these, chains by which it found the answer.</param>
/// <param name="Samples">Different samples with a chain that suffices and passes filter and grounding check.</param>
/// <param name="MeanF1">The mean F1 over the tested ones, 0 to 1; <see langword="null"/> where there are none.</param>
public sealed record SufficiencyTask(string Task, long Chains, long Tested, long Sufficient, long Samples, double? MeanF1);
