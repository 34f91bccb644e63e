namespace EhrR1.Tasks;

/// <summary>How the task index of a workspace is built.</summary>
public sealed record TaskIndexBuildOptions
{
    /// <summary>The tasks to index by name; <see langword="null"/>, the default value, for all.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>The share of patients in the test split, 0 to 1. The default value is 0.18.</summary>
    public double TestShare { get; init; } = 0.18;

    /// <summary>The share of patients held out for examples in prompts, 0 to 1. The default value is 0.02.</summary>
    public double FewShotShare { get; init; } = 0.02;

    /// <summary>How many shards are worked on at once. The default value is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
