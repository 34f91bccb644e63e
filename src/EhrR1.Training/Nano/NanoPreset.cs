namespace EhrR1.Training;

/// <summary>A model small enough to be trained from nothing on two cores, and how it is trained.</summary>
public sealed record NanoPreset
{
    /// <summary>The preset's name.</summary>
    public required string Name { get; init; }

    /// <summary>Tokens of the vocabulary.</summary>
    public int VocabularySize { get; init; } = 4096;

    /// <summary>Width of the hidden states.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Heads of queries, each 32 wide; half as many of keys and values.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 256;

    /// <summary>Tokens of a conversation at most.</summary>
    public int MaxPositions { get; init; } = 1024;

    /// <summary>Tokens of a case at most.</summary>
    public int MaxTokens { get; init; } = 384;

    /// <summary>The settings of a stage.</summary>
    public StageSettings SettingsOf(TrainingStageKind stage)
    {
        // From nothing, so with rates a hundred times those of a model that knows language.
        var tuning = new FineTuningOptions { BatchSize = 32, MaxTokens = MaxTokens, PackTokens = 4096, LearningRate = 2e-3, WarmUpShare = 0.05, SecondDecay = 0.98, WeightDecay = 0.01, CheckpointEvery = 100, EvaluateEvery = 100 };
        return new StageSettings { FineTuning = stage == TrainingStageKind.ReasoningEnhancement ? tuning with { LearningRate = 1e-3, Epochs = 2 } : tuning };
    }

    /// <summary>The architecture, a Qwen3.</summary>
    /// <param name="vocabulary">Tokens that the tokenizer has.</param>
    /// <param name="endOfTurn">The token that ends a turn.</param>
    /// <param name="padding">The token that fills batches.</param>
    public ModelConfig Architecture(int vocabulary, int endOfTurn, int padding) => new()
    {
        Family = ModelFamily.Qwen3,
        VocabularySize = (vocabulary + 63) / 64 * 64,
        HiddenSize = HiddenSize,
        IntermediateSize = IntermediateSize,
        Layers = Layers,
        Heads = Heads,
        KeyValueHeads = Math.Max(1, Heads / 2),
        HeadSize = 32,
        MaxPositions = MaxPositions,
        RopeTheta = 10_000,
        EndTokens = [endOfTurn],
        PaddingToken = padding,
    };
}
