namespace EhrR1.Scoring;

/// <summary>A metric over one group of samples.</summary>
/// <param name="Group">The group's label, such as a sex or an age band.</param>
/// <param name="Samples">Number of its samples, over all tasks.</param>
/// <param name="Patients">Number of its distinct patients.</param>
/// <param name="Score">The score with its interval; NaN where it is not defined in this group.</param>
public sealed record SubgroupScore(string Group, int Samples, int Patients, ScoreInterval Score);
