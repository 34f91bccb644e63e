namespace EhrR1.Training;

/// <summary>The presets of nano.</summary>
public static class NanoPresets
{
    /// <summary>The name that stands for a fresh nano in place of a model folder.</summary>
    public const string ModelName = "nano";

    /// <summary>About a million parameters, for a quarter of an hour on two cores.</summary>
    public static NanoPreset Standard { get; } = new() { Name = "nano" };

    /// <summary>A minute in all, to see that everything runs.</summary>
    public static NanoPreset Test { get; } = new()
    {
        Name = "nano-ci", VocabularySize = 1024, HiddenSize = 64, Layers = 2, Heads = 2, IntermediateSize = 128, MaxPositions = 512, DirectTokens = 192, ThinkingPromptTokens = 320, ThinkingTokens = 160, ChainTokens = 160,
        AnswerTokens = 32, DrawnTokens = 32, RiskCases = 12, ReadingCases = 12, DirectCases = 12, MixedCases = 4, ReasoningCases = 6, Prompts = 1, Votes = 4, ScoredSamples = 2, ScoredRisks = 2, LeastSamples = 1, LeastOfEither = 0, RewardedPrompts = 1,
    };

    /// <summary>The presets by name.</summary>
    public static IReadOnlyList<NanoPreset> All { get; } = [Standard, Test];
}
