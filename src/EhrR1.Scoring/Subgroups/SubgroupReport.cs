namespace EhrR1.Scoring;

/// <summary>A metric by groups of samples (sex, age band, race, insurance, admission type), with the gap between best and worst.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Groups">The groups in ordinal order of their labels.</param>
/// <param name="Gap">Best against worst among groups that are defined and large enough; <see langword="null"/> with fewer than two.</param>
public sealed record SubgroupReport(string Metric, IReadOnlyList<SubgroupScore> Groups, SubgroupGap? Gap)
{
    /// <summary>Scores the groups of one task's samples.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="samples">The samples with a model's answers.</param>
    /// <param name="groupOf">A sample's group; <see langword="null"/> or empty is the group <c>unknown</c>.</param>
    /// <param name="minimumPatients">Groups with fewer patients are scored but take no part in the gap. The default value is 10.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>The scores by group, at 95 %.</returns>
    public static SubgroupReport Of(
        IMetric metric,
        IReadOnlyList<AnsweredSample> samples,
        Func<AnsweredSample, string?> groupOf,
        int minimumPatients = 10,
        BootstrapOptions? options = null,
        CancellationToken cancellation = default) =>
        OfTasks(metric, [samples], groupOf, minimumPatients, options, cancellation);

    /// <summary>Scores groups by their macro mean over tasks, patients drawn jointly across tasks and groups.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="tasks">The samples with a model's answers, one list a task.</param>
    /// <param name="groupOf">A sample's group; <see langword="null"/> or empty is the group <c>unknown</c>.</param>
    /// <param name="minimumPatients">Groups with fewer patients are scored but take no part in the gap. The default value is 10.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>The scores by group, at 95 %; a task in which a group's score is not defined is left out of that group's mean.</returns>
    public static SubgroupReport OfTasks(
        IMetric metric,
        IReadOnlyList<IReadOnlyList<AnsweredSample>> tasks,
        Func<AnsweredSample, string?> groupOf,
        int minimumPatients = 10,
        BootstrapOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(groupOf);
        var patients = PatientIndex.Of([.. tasks]);
        ILookup<string, AnsweredSample>[] byGroup = [.. tasks.Select(samples => samples.ToLookup(
            s => groupOf(s) is { Length: > 0 } group ? group : "unknown", StringComparer.Ordinal))];
        string[] groups = [.. byGroup.SelectMany(task => task.Select(g => g.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IPreparedMetric[] prepared = [.. groups.SelectMany(group => byGroup.Select(task => metric.Prepare([.. task[group]], patients)))];
        IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run(prepared, patients, options, cancellation);
        var scored = groups.Select((group, g) =>
        {
            AnsweredSample[] own = [.. byGroup.SelectMany(task => task[group])];
            ScoreDraws mean = ScoreDraws.Mean([.. draws.Skip(g * tasks.Count).Take(tasks.Count)]);
            return (Draws: mean, Score: new SubgroupScore(group, own.Length, own.Select(s => s.Patient).Distinct().Count(), mean.Interval()));
        }).ToList();
        var ranked = scored.Where(g => g.Score.Patients >= minimumPatients && !double.IsNaN(g.Draws.Value))
            .OrderByDescending(g => metric.HigherIsBetter ? g.Draws.Value : -g.Draws.Value).ToList();
        return new(metric.Name, [.. scored.Select(g => g.Score)], ranked.Count < 2 ? null : Between(metric, ranked[0], ranked[^1]));
    }

    private static SubgroupGap Between(IMetric metric, (ScoreDraws Draws, SubgroupScore Score) best, (ScoreDraws Draws, SubgroupScore Score) worst)
    {
        ScoreDraws gap = metric.HigherIsBetter ? best.Draws.Minus(worst.Draws) : worst.Draws.Minus(best.Draws);
        return new(best.Score.Group, worst.Score.Group, gap.Interval(), gap.PValue());
    }
}
