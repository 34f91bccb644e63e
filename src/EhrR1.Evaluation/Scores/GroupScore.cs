namespace EhrR1.Evaluation;

/// <summary>A macro mean over one group of patients.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Samples">Its samples over all tasks.</param>
/// <param name="Patients">Its patients.</param>
/// <param name="Score">The score.</param>
public sealed record GroupScore(string Group, int Samples, int Patients, Score Score);
