namespace EhrR1.Training;

/// <summary>What is to be trained, and on what.</summary>
public sealed record PlanOptions
{
    /// <summary>The stage, whose published settings are the defaults of what is not said here.</summary>
    public required PaperStage Stage { get; init; }

    /// <summary>How many GPUs train; stage 3 needs rollouts from the same or from others.</summary>
    public required int Gpus { get; init; }

    /// <summary>The memory of each, in bytes.</summary>
    public required long GpuBytes { get; init; }

    /// <summary>The rank of LoRA on all linear layers; <see langword="null"/>, the default value, trains all weights.</summary>
    public int? LoraRank { get; init; }

    /// <summary>The longest sequence in tokens; <see langword="null"/>, the default value, for the published one.</summary>
    public int? Length { get; init; }

    /// <summary>Sequences a step; <see langword="null"/>, the default value, for the published number.</summary>
    public int? Batch { get; init; }

    /// <summary>Sequences that a GPU takes at once. The default value is 1.</summary>
    public int PerDevice { get; init; } = 1;

    /// <summary>Whether layers are computed again on the way back instead of being kept. The default value is <see langword="true"/>, as published.</summary>
    public bool Checkpointing { get; init; } = true;

    /// <summary>Whether weights, gradients and optimizer are shared out over the GPUs (ZeRO-3, FSDP). The default value is <see langword="true"/>, as published.</summary>
    public bool Sharded { get; init; } = true;

    /// <summary>Over how many tokens at once the loss is computed; <see langword="null"/>, the default value, for all of a sequence.</summary>
    public int? LogitChunk { get; init; }

    /// <summary>Cases or prompts; <see langword="null"/>, the default value, for the published number.</summary>
    public long? Cases { get; init; }

    /// <summary>Tokens of a case in the mean; <see langword="null"/>, the default value, for the longest, which bounds the time from above.</summary>
    public int? MeanTokens { get; init; }

    /// <summary>What a GPU computes at most, in bf16 floating-point operations a second. The default value is 989e12, an H100's dense rate.</summary>
    public double PeakFlops { get; init; } = 989e12;

    /// <summary>The share of that which training reaches. The default value is 0.4.</summary>
    public double Utilisation { get; init; } = 0.4;

    /// <summary>What a GPU reads from its memory, in bytes a second, which bounds the writing of completions. The default value is 3.35e12, an H100's.</summary>
    public double Bandwidth { get; init; } = 3.35e12;
}
