namespace EhrR1.Evaluation;

/// <summary>One sample with what each run answered.</summary>
public sealed record ReportExample
{
    /// <summary>The sample's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The end of the input with the question; only where no patient stands behind it.</summary>
    public string? Input { get; init; }

    /// <summary>The right answer; only where no patient stands behind it.</summary>
    public string? Truth { get; init; }

    /// <summary>The answers.</summary>
    public required IReadOnlyList<ReportExampleAnswer> Answers { get; init; }
}
