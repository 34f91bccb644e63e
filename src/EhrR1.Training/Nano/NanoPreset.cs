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

    /// <summary>Tokens of a direct case at most.</summary>
    public int DirectTokens { get; init; } = 320;

    /// <summary>Tokens of a prompt that is thought about, at most.</summary>
    public int ThinkingPromptTokens { get; init; } = 448;

    /// <summary>Tokens of an answer with its thoughts, at most.</summary>
    public int ThinkingTokens { get; init; } = 320;

    /// <summary>Tokens of a conversation with thoughts, at most.</summary>
    public int ThinkingPositions => ThinkingPromptTokens + ThinkingTokens;

    /// <summary>Tokens of a direct answer at most.</summary>
    public int AnswerTokens { get; init; } = 80;

    /// <summary>Direct cases of each risk at most, of stage 1, as many yes as no. Whether something will happen is a weak signal: it takes many patients, not the same ones again.</summary>
    public int RiskCases { get; init; } = 600;

    /// <summary>Direct cases of each decision at most, of stage 1.</summary>
    public int DirectCases { get; init; } = 300;

    /// <summary>How often cases are shown in stage 1 of decisions that have fewer than half of <see cref="DirectCases"/>.</summary>
    public int RareTimes { get; init; } = 4;

    /// <summary>Direct cases of each task at most, mixed into stage 2.</summary>
    public int MixedCases { get; init; } = 15;

    /// <summary>Reasoning cases of each task at most.</summary>
    public int ReasoningCases { get; init; } = 300;

    /// <summary>Prompts of each task at most, of stage 3.</summary>
    public int Prompts { get; init; } = 6;

    /// <summary>Answers that are drawn for each decision that is answered at once, to vote on.</summary>
    public int Votes { get; init; } = 16;

    /// <summary>Held-out samples of each decision that each stage is scored on, at most.</summary>
    public int ScoredSamples { get; init; } = 80;

    /// <summary>Those of them whose answers are also thought about, at most.</summary>
    public int ThoughtSamples { get; init; } = 25;

    /// <summary>Held-out samples of each risk that each stage is scored on, at most: few of them are yes.</summary>
    public int ScoredRisks { get; init; } = 300;

    /// <summary>Held-out prompts of each task that the reward is measured on, at most.</summary>
    public int RewardedPrompts { get; init; } = 12;

    /// <summary>The learning rate of stage 1, from which the others follow.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>How many times that rate the layers' matrices get by <see cref="Muon"/>, in stages 1 and 2.</summary>
    public double MuonRate { get; init; } = 3;

    /// <summary>The settings of a stage.</summary>
    public StageSettings SettingsOf(TrainingStageKind stage)
    {
        // From nothing, so with rates a hundred times those of a model that knows language, with small batches, and with the records themselves to learn from.
        var tuning = new FineTuningOptions { BatchSize = 2, PackTokens = 4096, LearningRate = LearningRate, WarmUpShare = 0.05, SecondDecay = 0.98, WeightDecay = 0.01, GrowthShare = 0.8, CheckpointEvery = 500, EvaluateEvery = 500 };
        return stage switch
        {
            TrainingStageKind.DomainAdaptation => new StageSettings { FineTuning = tuning with { MaxTokens = DirectTokens, FirstTokens = DirectTokens / 3, PromptWeight = 1, MuonRate = MuonRate } },
            TrainingStageKind.ReasoningEnhancement => new StageSettings { FineTuning = tuning with { MaxTokens = ThinkingPositions, FirstTokens = ThinkingTokens, LearningRate = LearningRate / 2, Epochs = 2, Curriculum = 0.5, MuonRate = MuonRate } },
            _ => new StageSettings
            {
                Reinforcement = new ReinforcementOptions
                {
                    Completions = 8, Prompts = 8, LearningRate = LearningRate / 10, MaxPromptTokens = ThinkingPromptTokens, MaxCompletionTokens = ThinkingTokens, PackTokens = 4096, CheckpointEvery = 10,
                },
                Reward = new RewardWeights { Grounding = 1, Calibration = 1 },
            },
        };
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
