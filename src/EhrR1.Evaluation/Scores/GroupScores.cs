namespace EhrR1.Evaluation;

/// <summary>A family's headline by groups of patients, with the gap between the best and the worst.</summary>
public sealed record GroupScores
{
    /// <summary>The grouping (<see cref="PatientGroups.Names"/>).</summary>
    public required string Grouping { get; init; }

    /// <summary>The mean that is split up: <c>decision</c> or <c>risk</c>.</summary>
    public required string Mean { get; init; }

    /// <summary>The groups by name.</summary>
    public required IReadOnlyList<GroupScore> Groups { get; init; }

    /// <summary>The best group of at least ten patients; <see langword="null"/> with fewer than two such groups.</summary>
    public string? Best { get; init; }

    /// <summary>The worst group of at least ten patients.</summary>
    public string? Worst { get; init; }

    /// <summary>The distance of the two.</summary>
    public Score? Gap { get; init; }

    /// <summary>Two-sided p of no distance; optimistic, since the two were chosen by their scores.</summary>
    public double? PValue { get; init; }
}
