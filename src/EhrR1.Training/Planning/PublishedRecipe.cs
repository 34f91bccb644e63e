namespace EhrR1.Training;

/// <summary>The settings that a stage was published with.</summary>
/// <remarks>Source: the EHR-R1 paper (arXiv 2510.25628), its model cards and training scripts. Immutable; safe for any number of threads.</remarks>
public sealed record PublishedRecipe
{
    private static readonly PublishedRecipe[] _all =
    [
        new() { Stage = PaperStage.Sft, Number = 1, Epochs = 1, LearningRate = 2e-5, WarmupShare = 0.03, Length = 8_192, Batch = 64, Cases = 4_000_000 },
        new() { Stage = PaperStage.Reason, Number = 2, Epochs = 5, LearningRate = 2e-5, WarmupShare = 0.03, Length = 12_288, Batch = 512, Cases = 600_000 },
        new() { Stage = PaperStage.Rl, Number = 3, Epochs = 1, LearningRate = 2e-6, WarmupShare = 0, Length = 10_000 + 2_048, CompletionLength = 2_048, Batch = 1_024, Generations = 16, Cases = 42_000 },
    ];

    /// <summary>The stage.</summary>
    public required PaperStage Stage { get; init; }

    /// <summary>Its number, 1 to 3.</summary>
    public required int Number { get; init; }

    /// <summary>How often each case is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>The highest learning rate; it falls by a cosine.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The share of steps in which the rate rises. Stage 2 and 3 do not name theirs; they have stage 1's and none.</summary>
    public required double WarmupShare { get; init; }

    /// <summary>The longest sequence in tokens, the answer included.</summary>
    public required int Length { get; init; }

    /// <summary>Stage 3: the longest completion in tokens.</summary>
    public int CompletionLength { get; init; }

    /// <summary>Sequences an optimizer step. Stage 3 does not name its own; 64 prompts of 16 completions is this program's choice.</summary>
    public required int Batch { get; init; }

    /// <summary>Stage 3: completions a prompt, else 1.</summary>
    public int Generations { get; init; } = 1;

    /// <summary>Stage 3: the temperature of completions.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Stage 3: the share of probability that is sampled from.</summary>
    public double TopP { get; init; } = 0.95;

    /// <summary>Stage 3: the number of tokens that are sampled from.</summary>
    public int TopK { get; init; } = 20;

    /// <summary>How many cases or prompts: about 4 million direct ones; 300,000 reasoning ones and as many direct ones; 1,000 prompts a task.</summary>
    public required long Cases { get; init; }

    /// <summary>The longest prompt in tokens.</summary>
    public int PromptLength => Length - CompletionLength;

    /// <summary>The recipe of a stage.</summary>
    public static PublishedRecipe Of(PaperStage stage) => _all[(int)stage];
}
