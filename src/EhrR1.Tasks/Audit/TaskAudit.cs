namespace EhrR1.Tasks;

/// <summary>What a leakage audit found for one task of a benchmark.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Samples">How many samples were audited.</param>
/// <param name="WithLaterItem">How many hold an item in their input that was known only after the prediction time; zero in the strict profile.</param>
/// <param name="WithLabelShown">How many decision samples show a label, as whole words, somewhere in their input.</param>
/// <param name="LabelsChanged">How many have another answer in the other profile.</param>
/// <param name="OnlyHere">How many have no counterpart in the other profile.</param>
/// <param name="Echoes">How many are flagged as echoes; only the strict profile tells.</param>
public sealed record TaskAudit(string Task, long Samples, long WithLaterItem, long WithLabelShown, long LabelsChanged, long OnlyHere, long Echoes);
