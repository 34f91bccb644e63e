using EhrR1.Reasoning;

namespace EhrR1.Training;

/// <summary>What the reward of reinforcement learning is made of.</summary>
public sealed record RewardOptions
{
    /// <summary>The terms' weights. The default value is the published reward: accuracy and format, 1 each.</summary>
    public RewardWeights Weights { get; init; } = new();

    /// <summary>How items are read. The default value is <see cref="RewardReading.Strict"/>.</summary>
    public RewardReading Reading { get; init; } = RewardReading.Strict;

    /// <summary>The template whose sections the thinking of a decision has. The default value is <see cref="ChainTemplates.Default"/>.</summary>
    public string DecisionTemplate { get; init; } = ChainTemplates.Default;

    /// <summary>The template whose sections the thinking of a risk has; <see langword="null"/>, the default value, where risks are answered at once, as published.</summary>
    public string? RiskTemplate { get; init; }

    /// <summary>Whether the chat template itself opens the thinking, so that completions begin within it. The default value is <see langword="false"/>, as Qwen3's does.</summary>
    public bool PromptOpensThinking { get; init; }

    /// <summary>How probabilities are rewarded. The default value is <see cref="CalibrationRule.Brier"/>.</summary>
    public CalibrationRule Calibration { get; init; } = CalibrationRule.Brier;

    /// <summary>The least probability that the log score knows, above 0 and below 1. The default value is 0.01.</summary>
    public double LogFloor { get; init; } = 0.01;

    /// <summary>The measures' weights within the grounding term, and how chains are checked.</summary>
    public GroundingOptions Grounding { get; init; } = new() { MostFaults = 0 };
}
