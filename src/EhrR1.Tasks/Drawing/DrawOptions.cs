namespace EhrR1.Tasks;

/// <summary>How samples are drawn out of the index.</summary>
public sealed record DrawOptions
{
    /// <summary>How many samples a task gets at most; <see langword="null"/> for each task's <see cref="TaskDefinition.InstructionCap"/>. The default value is 500.</summary>
    public int? PerTask { get; init; } = 500;

    /// <summary>
    /// Whether risk tasks get the same number of yes and no, as many as the rarer of the two has. The default value is <see langword="false"/>:
    /// they are drawn by weight, which favours the rarer answer without insisting.
    /// </summary>
    public bool Balance { get; init; }

    /// <summary>The split to draw from; <see langword="null"/> for all. The default value is <see cref="SplitNames.Test"/>.</summary>
    public string? Split { get; init; } = SplitNames.Test;

    /// <summary>The seed. The default value is 0.</summary>
    public long Seed { get; init; }

    /// <summary>The tasks to draw by name; <see langword="null"/>, the default value, for all.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>Which samples may be drawn. The default value is the published filter; use <see cref="DrawFilter.For"/> for the workspace's profile.</summary>
    public DrawFilter Filter { get; init; } = new();
}
