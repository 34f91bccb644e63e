namespace EhrR1.Training;

/// <summary>The settings of supervised fine-tuning, stages 1 and 2.</summary>
public sealed record FineTuningOptions
{
    /// <summary>How often each case is shown. The default value is 1, that of stage 1; stage 2 has 5.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>Cases of one optimizer step. The default value is 64, that of stage 1; stage 2 has 512.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Tokens of a case at most; of longer ones the last are kept. The default value is 8,192, that of stage 1; stage 2 has 12,288.</summary>
    public int MaxTokens { get; init; } = 8192;

    /// <summary>
    /// Tokens of a case's prompt at most in the first step, growing evenly to <see cref="MaxTokens"/> over <see cref="GrowthShare"/> of the steps (sequence length warm-up, Li et al. 2022). The default
    /// value is 0: all steps have the whole length. A model that begins from nothing learns what is asked from short cases, at a fraction of the time.
    /// </summary>
    public int FirstTokens { get; init; }

    /// <summary>The share of the steps over which cases grow. The default value is 0.5.</summary>
    public double GrowthShare { get; init; } = 0.5;

    /// <summary>Tokens that are computed at a time; gradients are accumulated over a step's packs. The default value is 8,192: lower it where memory is short.</summary>
    public int PackTokens { get; init; } = 8192;

    /// <summary>The highest learning rate. The default value is 2e-5.</summary>
    public double LearningRate { get; init; } = 2e-5;

    /// <summary>The share of the steps over which the rate goes up. The default value is 0.03.</summary>
    public double WarmUpShare { get; init; } = 0.03;

    /// <summary>Decay of the weights. The default value is 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>β₂ of the optimizer. The default value is 0.999.</summary>
    public double SecondDecay { get; init; } = 0.999;

    /// <summary>
    /// How many times the learning rate the matrices of the layers get, which are then changed by <see cref="Muon"/>. The default value is 0: AdamW for all, as published. A model that begins from
    /// nothing gets further with it in the same time; weights that AdamW has made are better left to that.
    /// </summary>
    public double MuonRate { get; init; }

    /// <summary>The norm that gradients are clipped to; 0 clips nothing. The default value is 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>
    /// How token losses are averaged. The default value is <see cref="LossMean.Token"/>, as in other trainers; with <see cref="LossMean.Sequence"/> every case weighs the same, so that the one word
    /// of a risk is not drowned by long answers.
    /// </summary>
    public LossMean Mean { get; init; } = LossMean.Token;

    /// <summary>
    /// What the mean loss of the prompts' tokens counts beside that of the tokens that the model has to write. The default value is 0: the completion alone, as published. A model that begins
    /// from nothing learns from the records themselves what records are like, of which answers alone tell too little.
    /// </summary>
    public double PromptWeight { get; init; }

    /// <summary>The share of the steps over which <see cref="PromptWeight"/> falls evenly to 0: first what records are like, then what follows from them. The default value is 0: it stays.</summary>
    public double PromptShare { get; init; }

    /// <summary>
    /// Whether the empty thought before a direct answer counts as prompt. The default value is <see langword="false"/>: the model has to write it, as published. Where thinking is switched off the chat
    /// template writes it, and a case of one word then weighs by that word and not by the tokens around it.
    /// </summary>
    public bool EmptyThoughtIsPrompt { get; init; }

    /// <summary>How much of their mean share reasoning cases have at the beginning, 0 to 1; it grows evenly to 2 minus that. The default value is 1: no curriculum.</summary>
    public double Curriculum { get; init; } = 1;

    /// <summary>The seed of the order. The default value is 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Steps between two looks at held-out cases; 0 looks at the end alone. The default value is 0.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>Held-out cases that are looked at, at most. The default value is 512.</summary>
    public int EvaluateCases { get; init; } = 512;

    /// <summary>Steps between two checkpoints; 0 writes one only when stopped. The default value is 200.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Checks that all is in its range.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="Charts.EhrR1Exception">A setting is not; the message names it with its range.</exception>
    public void Check(string? where = null)
    {
        SettingRange.Epochs("fine_tuning.epochs", Epochs, where);
        SettingRange.AtLeast("fine_tuning.batch_size", BatchSize, 1, where);
        SettingRange.AtLeast("fine_tuning.max_tokens", MaxTokens, 2, where);
        SettingRange.AtLeast("fine_tuning.first_tokens", FirstTokens, 0, where);
        SettingRange.Between("fine_tuning.growth_share", GrowthShare, 0, 1, where);
        SettingRange.AtLeast("fine_tuning.pack_tokens", PackTokens, 1, where);
        SettingRange.Above("fine_tuning.learning_rate", LearningRate, 0, where);
        SettingRange.Between("fine_tuning.warm_up_share", WarmUpShare, 0, 1, where);
        SettingRange.AtLeast("fine_tuning.weight_decay", WeightDecay, 0, where);
        SettingRange.Need(SecondDecay is >= 0 and < 1, "fine_tuning.second_decay", SecondDecay, "0 to 1, but not 1 itself", where);
        SettingRange.AtLeast("fine_tuning.muon_rate", MuonRate, 0, where);
        SettingRange.AtLeast("fine_tuning.clip_norm", ClipNorm, 0, where);
        SettingRange.Need(Enum.IsDefined(Mean), "fine_tuning.mean", Mean, "token or sequence", where);
        SettingRange.AtLeast("fine_tuning.prompt_weight", PromptWeight, 0, where);
        SettingRange.Between("fine_tuning.prompt_share", PromptShare, 0, 1, where);
        SettingRange.Between("fine_tuning.curriculum", Curriculum, 0, 1, where);
        SettingRange.AtLeast("fine_tuning.evaluate_every", EvaluateEvery, 0, where);
        SettingRange.AtLeast("fine_tuning.evaluate_cases", EvaluateCases, 1, where);
        SettingRange.AtLeast("fine_tuning.checkpoint_every", CheckpointEvery, 0, where);
    }
}
