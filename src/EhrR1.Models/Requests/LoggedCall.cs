namespace EhrR1.Models;

/// <summary>A call that was answered, as it stands in a request log.</summary>
public sealed record LoggedCall
{
    /// <summary>The request's <see cref="RequestHash"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>The sample's id, if the request had one.</summary>
    public string? Id { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The completions; <see langword="null"/> where answers were scored.</summary>
    public IReadOnlyList<Completion>? Completions { get; init; }

    /// <summary>One natural logarithm an answer, <see langword="null"/> for an impossible one; itself <see langword="null"/> where completions were written, or the model gave no probabilities.</summary>
    public IReadOnlyList<double?>? LogProbabilities { get; init; }

    /// <summary>Where the probabilities come from.</summary>
    public string? Source { get; init; }

    /// <summary>The tokens used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>How long the call took, in milliseconds, retries included.</summary>
    public double LatencyMs { get; init; }

    /// <summary>When it was answered, in UTC.</summary>
    public DateTimeOffset At { get; init; }
}
