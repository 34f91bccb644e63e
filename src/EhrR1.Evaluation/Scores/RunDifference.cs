namespace EhrR1.Evaluation;

/// <summary>How far two runs lie apart in a macro mean or a task, on the same samples.</summary>
/// <param name="Run">The run.</param>
/// <param name="Reference">The run that it is held against.</param>
/// <param name="Mean">The family: <c>decision</c> or <c>risk</c>.</param>
/// <param name="Difference">The run's score less the reference's, patients drawn jointly.</param>
/// <param name="PValue">Two-sided p of no difference, not corrected for the number of comparisons.</param>
public sealed record RunDifference(string Run, string Reference, string Mean, Score Difference, double? PValue)
{
    /// <summary>The task; <see langword="null"/> for the family's macro mean.</summary>
    public string? Task { get; init; }

    /// <summary>Tasks in the macro mean: those that both runs attempted and that have a score; 1 for a task.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>Samples compared.</summary>
    public int Samples { get; init; }

    /// <summary>The run's score.</summary>
    public Score? RunScore { get; init; }

    /// <summary>The reference's score.</summary>
    public Score? ReferenceScore { get; init; }

    /// <summary>p after Holm's correction over the comparisons made beside this one: the means of all runs, or the tasks of all runs.</summary>
    public double? AdjustedPValue { get; init; }
}
