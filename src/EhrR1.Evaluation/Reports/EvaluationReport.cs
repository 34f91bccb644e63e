using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>All that a report says: the same as JSON and as a page.</summary>
public sealed record EvaluationReport
{
    /// <summary>The version of the layout; 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The workspace's name; <see langword="null"/> where there is none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Whether all patients are made up.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The runs, in the order given.</summary>
    public required IReadOnlyList<ReportRun> Runs { get; init; }

    /// <summary>Paired differences of the runs against the best baseline among them.</summary>
    public IReadOnlyList<RunDifference> Differences { get; init; } = [];

    /// <summary>Published figures, not measured here.</summary>
    public IReadOnlyList<PublishedScore> Published { get; init; } = PublishedScore.All;

    /// <summary>What the workspace was made from.</summary>
    public ReportData? Data { get; init; }

    /// <summary>The leakage audit by task; <see langword="null"/> where none was made.</summary>
    public IReadOnlyList<TaskAudit>? Audit { get; init; }

    /// <summary>Some samples with the runs' answers.</summary>
    public IReadOnlyList<ReportExample> Examples { get; init; } = [];
}
