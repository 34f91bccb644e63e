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
    public int ThinkingPromptTokens { get; init; } = 384;

    /// <summary>Tokens of an answer with its thoughts, at most.</summary>
    public int ThinkingTokens { get; init; } = 256;

    /// <summary>Tokens of a chain that is learned from, at most: short ones are learned sooner, and leave room where the model's own are longer.</summary>
    public int ChainTokens { get; init; } = 200;

    /// <summary>Tokens of a conversation with thoughts, at most.</summary>
    public int ThinkingPositions => ThinkingPromptTokens + ThinkingTokens;

    /// <summary>Tokens that records leave for a direct answer.</summary>
    public int AnswerTokens { get; init; } = 80;

    /// <summary>Tokens of a direct answer at most, when the model is asked: few are longer than <see cref="AnswerTokens"/>, and what is cut off counts as missing.</summary>
    public int DrawnTokens { get; init; } = 128;

    /// <summary>Direct cases of each risk at most, of stage 1, as many yes as no. Whether something will happen is a weak signal: it takes many patients, not the same ones again.</summary>
    public int RiskCases { get; init; } = 600;

    /// <summary>Direct cases of each decision at most, of the first part of stage 1.</summary>
    public int ReadingCases { get; init; } = 200;

    /// <summary>Direct cases of each decision at most, of its second part: how often each item is an answer is learned from many cases, not from the same ones again.</summary>
    public int DirectCases { get; init; } = 600;

    /// <summary>How often cases are shown in each part of stage 1 of decisions that have fewer than a quarter of <see cref="DirectCases"/>.</summary>
    public int RareTimes { get; init; } = 2;

    /// <summary>Direct cases of each task at most, mixed into stage 2.</summary>
    public int MixedCases { get; init; } = 15;

    /// <summary>Reasoning cases of each task at most.</summary>
    public int ReasoningCases { get; init; } = 240;

    /// <summary>Prompts of each task at most, of stage 3.</summary>
    public int Prompts { get; init; } = 4;

    /// <summary>Answers that are drawn for each decision that is answered at once, to vote on: the votes of a model that knew only how often each answer is would score 0.03 lower with 16, and 0.005 with 64, than with as many as there are cases.</summary>
    public int Votes { get; init; } = 64;

    /// <summary>Held-out samples of each decision that each stage is scored on, at most.</summary>
    public int ScoredSamples { get; init; } = 30;

    /// <summary>Those of them whose answers are also thought about, at most.</summary>
    public int ThoughtSamples { get; init; } = 15;

    /// <summary>Held-out samples of each risk that each stage is scored on, at most: few of them are yes.</summary>
    public int ScoredRisks { get; init; } = 200;

    /// <summary>Held-out samples that a decision must have to be scored.</summary>
    public int LeastSamples { get; init; } = 10;

    /// <summary>Held-out samples of either outcome that a risk must have to be scored: with one or two, its AUROC may be anything.</summary>
    public int LeastOfEither { get; init; } = 5;

    /// <summary>Held-out prompts of each task that the reward is measured on, at most.</summary>
    public int RewardedPrompts { get; init; } = 16;

    /// <summary>The learning rate from which those of the stages follow.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>How many times that rate the layers' matrices get by <see cref="Muon"/>, in stages 1 and 2.</summary>
    public double MuonRate { get; init; } = 3;

    /// <summary>The settings of the first part of stage 1, on decisions alone: the model learns to read records, as text, and to name what may follow; prompts grow from short ones.</summary>
    public StageSettings ReadingSettings => new() { FineTuning = Tuning with { BatchSize = 4, MaxTokens = DirectTokens, FirstTokens = DirectTokens / 5, LearningRate = LearningRate * 5 / 3, Mean = LossMean.Sequence, PromptWeight = 1, PromptShare = 0.7 } };

    // From nothing, so with rates a hundred times those of a model that knows language, and with small batches.
    private FineTuningOptions Tuning => new()
    {
        BatchSize = 2, PackTokens = 4096, LearningRate = LearningRate, MuonRate = MuonRate, WarmUpShare = 0.05, SecondDecay = 0.98, WeightDecay = 0.01, GrowthShare = 0.9, EmptyThoughtIsPrompt = true,
        CheckpointEvery = 500, EvaluateEvery = 500,
    };

    /// <summary>The settings of a stage; for stage 1 those of its second part, after <see cref="ReadingSettings"/>.</summary>
    public StageSettings SettingsOf(TrainingStageKind stage)
    {
        return stage switch
        {
            // Answers alone, every case the same, larger batches at a lower rate: whether something will happen is a weak signal, and drowns in the noise of small ones.
            TrainingStageKind.DomainAdaptation => new StageSettings { FineTuning = Tuning with { BatchSize = 8, MaxTokens = DirectTokens, FirstTokens = DirectTokens / 2, GrowthShare = 0.5, LearningRate = LearningRate / 2, Mean = LossMean.Sequence } },
            // Whether to think is the model's own to write here: chains for decisions, an empty thought for risks. There are few chains, and their form takes a high rate.
            TrainingStageKind.ReasoningEnhancement => new StageSettings { FineTuning = Tuning with { EmptyThoughtIsPrompt = false, MaxTokens = ThinkingPositions, FirstTokens = DirectTokens / 5, LearningRate = LearningRate * 10 / 3, Epochs = 4, Curriculum = 0.5 } },
            _ => new StageSettings
            {
                Reinforcement = new ReinforcementOptions
                {
                    Completions = 8, Prompts = 8, LearningRate = LearningRate / 5, WarmUpShare = 0.03, MaxPromptTokens = ThinkingPromptTokens, MaxCompletionTokens = ThinkingTokens, PackTokens = 4096, CheckpointEvery = 10,
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
