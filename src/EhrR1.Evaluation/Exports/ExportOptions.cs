using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>What of a benchmark is exported, and how a sample becomes a prompt.</summary>
public sealed record ExportOptions
{
    /// <summary>The tasks, by name; <see langword="null"/>, the default value, for all.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>Samples a task at most, the first of the benchmark; <see langword="null"/>, the default value, for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Makes the prompt of a sample. The default value is the input and the question, as trained models read it.</summary>
    public Func<BenchmarkSample, string> Prompt { get; init; } = sample => sample.Prompt;
}
