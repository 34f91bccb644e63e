namespace EhrR1.TrainCli;

/// <summary>What a run through the stages does otherwise than the whole of it.</summary>
/// <param name="Name">Its name in tables.</param>
internal sealed record StageVariant(string Name)
{
    /// <summary>Whether stage 1 is done.</summary>
    public bool DomainAdaptation { get; init; } = true;

    /// <summary>Whether stage 2 is done.</summary>
    public bool Reasoning { get; init; } = true;

    /// <summary>Whether stage 3 is done.</summary>
    public bool Reinforcement { get; init; } = true;

    /// <summary>Whether chains are written with the paths of the thinking graph.</summary>
    public bool Knowledge { get; init; } = true;

    /// <summary>Whether the reward has the terms format and grounding beside accuracy.</summary>
    public bool FullReward { get; init; } = true;

    /// <summary>The seed of weights, order and draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The file of its scores.</summary>
    public string File { get; init; } = "stages.json";

    /// <summary>All stages as they are meant.</summary>
    public static StageVariant Whole(long seed) => new("whole") { Seed = seed };
}
