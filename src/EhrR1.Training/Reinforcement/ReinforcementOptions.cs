namespace EhrR1.Training;

/// <summary>The settings of stage 3, group relative policy optimization.</summary>
public sealed record ReinforcementOptions
{
    /// <summary>Completions of each prompt. The default value is 16.</summary>
    public int Completions { get; init; } = 16;

    /// <summary>Prompts of one step. The default value is 64, as in <see cref="PublishedRecipe"/>; the paper does not say how many.</summary>
    public int Prompts { get; init; } = 64;

    /// <summary>How often each prompt is used. The default value is 1.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>Updates with the completions of one step; the ratio is 1 in the first. The default value is 1.</summary>
    public int Updates { get; init; } = 1;

    /// <summary>The highest learning rate. The default value is 2e-6.</summary>
    public double LearningRate { get; init; } = 2e-6;

    /// <summary>The share of the steps over which the rate goes up. The default value is 0, as in <see cref="PublishedRecipe"/>; the paper names none for this stage.</summary>
    public double WarmUpShare { get; init; }

    /// <summary>The norm that gradients are clipped to; 0 clips nothing. The default value is 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Tokens of a prompt at most; of longer ones the last are kept. The default value is 10,000.</summary>
    public int MaxPromptTokens { get; init; } = 10_000;

    /// <summary>Tokens of a completion at most. The default value is 2,048.</summary>
    public int MaxCompletionTokens { get; init; } = 2048;

    /// <summary>Temperature of the draw; log-probabilities of the loss are at the same. The default value is 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Nucleus of the draw. The default value is 0.95.</summary>
    public double TopP { get; init; } = 0.95;

    /// <summary>How many of the most probable tokens are drawn from; <see langword="null"/> for all. The default value is 20.</summary>
    public int? TopK { get; init; } = 20;

    /// <summary>ε, ε′ and β of the loss.</summary>
    public PolicyLossOptions Loss { get; init; } = new();

    /// <summary>Whether advantages are divided by the standard deviation of their group. The default value is <see langword="true"/>; <see langword="false"/> is "Dr. GRPO".</summary>
    public bool DividesByDeviation { get; init; } = true;

    /// <summary>How token losses are averaged. The default value is <see cref="LossMean.Token"/>.</summary>
    public LossMean Mean { get; init; } = LossMean.Token;

    /// <summary>Whether completions that were cut off at the limit teach nothing. The default value is <see langword="false"/>.</summary>
    public bool MasksCut { get; init; }

    /// <summary>Tokens that are computed at a time. The default value is 8,192.</summary>
    public int PackTokens { get; init; } = 8192;

    /// <summary>Completions that are drawn at a time. The default value is 64.</summary>
    public int DrawAtOnce { get; init; } = 64;

    /// <summary>Bytes of keys and values of the completions that are drawn at a time; others wait. The default value is 16 GiB: room for a dozen of the published lengths of Qwen3-1.7B in bfloat16.</summary>
    public long DrawMemory { get; init; } = 16L << 30;

    /// <summary>The seed of order and draws. The default value is 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Steps between two checkpoints; 0 writes one only when stopped. The default value is 20.</summary>
    public int CheckpointEvery { get; init; } = 20;

    /// <summary>Checks that all is in its range.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="Charts.EhrR1Exception">A setting is not; the message names it with its range.</exception>
    public void Check(string? where = null)
    {
        // One completion alone is never better than the others.
        SettingRange.AtLeast("reinforcement.completions", Completions, 2, where);
        SettingRange.AtLeast("reinforcement.prompts", Prompts, 1, where);
        SettingRange.Epochs("reinforcement.epochs", Epochs, where);
        SettingRange.AtLeast("reinforcement.updates", Updates, 1, where);
        SettingRange.Above("reinforcement.learning_rate", LearningRate, 0, where);
        SettingRange.Between("reinforcement.warm_up_share", WarmUpShare, 0, 1, where);
        SettingRange.AtLeast("reinforcement.clip_norm", ClipNorm, 0, where);
        SettingRange.AtLeast("reinforcement.max_prompt_tokens", MaxPromptTokens, 1, where);
        SettingRange.AtLeast("reinforcement.max_completion_tokens", MaxCompletionTokens, 1, where);
        // Near 0 all completions of a prompt are one, and nothing is learned.
        SettingRange.Between("reinforcement.temperature", Temperature, 0.01, 100, where);
        SettingRange.Need(TopP is > 0 and <= 1, "reinforcement.top_p", TopP, "a number above 0, and 1 at most", where);
        SettingRange.AtLeast("reinforcement.top_k", TopK ?? 1, 1, where);
        SettingRange.Between("reinforcement.loss.clip_low", Loss.ClipLow, 0, 1, where);
        SettingRange.AtLeast("reinforcement.loss.clip_high", Loss.ClipHigh, 0, where);
        SettingRange.AtLeast("reinforcement.loss.divergence", Loss.Divergence, 0, where);
        SettingRange.Need(Enum.IsDefined(Mean), "reinforcement.mean", Mean, "token or sequence", where);
        SettingRange.AtLeast("reinforcement.pack_tokens", PackTokens, 1, where);
        SettingRange.AtLeast("reinforcement.draw_at_once", DrawAtOnce, 1, where);
        SettingRange.AtLeast("reinforcement.draw_memory", DrawMemory, 1, where);
        SettingRange.AtLeast("reinforcement.checkpoint_every", CheckpointEvery, 0, where);
    }
}
