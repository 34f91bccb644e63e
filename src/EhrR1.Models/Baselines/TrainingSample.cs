namespace EhrR1.Models;

/// <summary>A sample that a baseline is fitted on.</summary>
/// <param name="Question">The question; its text may be empty for baselines that read none (<c>prior</c>, <c>copy-last</c>).</param>
/// <param name="SubjectId">The patient.</param>
/// <param name="Split">The patient's split; only <c>train</c> is ever fitted on.</param>
/// <param name="Labels">The answer: the label items, or the one item <c>yes</c> or <c>no</c>.</param>
public sealed record TrainingSample(TaskQuestion Question, long SubjectId, string Split, IReadOnlyList<string> Labels);
