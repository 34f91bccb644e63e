namespace EhrR1.Evaluation;

/// <summary>What is asked in a run, and where it goes.</summary>
public sealed record EvaluationOptions
{
    /// <summary>A workspace with a benchmark, a folder with EHR-Bench files, or one such file.</summary>
    public required string Source { get; init; }

    /// <summary>The run's folder; <see langword="null"/>, the default value, for <c>runs/&lt;model&gt;-&lt;n&gt;</c> in the workspace, or beside the benchmark.</summary>
    public string? Out { get; init; }

    /// <summary>The tasks that are asked, by name; <see langword="null"/>, the default value, for all.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>Samples a task at most, the first of the benchmark; <see langword="null"/>, the default value, for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Samples asked at once, at least 1. The default value 0 leaves it to the model: one a core of a baseline, 16 of an endpoint.</summary>
    public int Concurrency { get; init; }

    /// <summary>Samples whose calls fail before the run is stopped. The default value is 20.</summary>
    public int ErrorsAtMost { get; init; } = 20;
}
