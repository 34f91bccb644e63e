namespace EhrR1.Evaluation;

/// <summary>A macro mean over tasks: every task weighs the same.</summary>
/// <param name="Name"><c>decision</c> (the paper's 24), <c>decision_strict</c> (the same, answers read as the published scorer does), <c>risk</c> (the paper's 18), <c>decision_with_extra</c> (the release's 27).</param>
/// <param name="Tasks">Tasks in the mean: attempted, and with a score that is defined.</param>
/// <param name="Of">Tasks that would be in it.</param>
/// <param name="Score">The mean with its interval, patients drawn jointly over the tasks.</param>
public sealed record MeanScore(string Name, int Tasks, int Of, Score Score);
