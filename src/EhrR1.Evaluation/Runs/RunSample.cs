using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>What scoring needs to know of a sample: one line of a run's <c>samples.jsonl</c>.</summary>
/// <remarks>It holds the answer but not the input, so that a run can be scored again wherever the benchmark is by then.</remarks>
public sealed record RunSample
{
    /// <summary>The sample's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The family.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The patient; <see langword="null"/> in benchmarks that do not name them.</summary>
    public long? SubjectId { get; init; }

    /// <summary>The right answer: the label items, or a single yes or no.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether a label had been named by another event type within the hour before.</summary>
    public bool Echo { get; init; }

    /// <summary>The groups that the patient belongs to, by <see cref="PatientGroups"/>' names; what is not known is missing.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
