namespace EhrR1.Models;

/// <summary>What the prompts of a kind of model must heed.</summary>
/// <remarks>Immutable. The known ones stand in <see cref="ModelProfiles"/>; a model of one's own is described <c>with</c> changes to one of them.</remarks>
public sealed record ModelProfile
{
    /// <summary>The profile's name, as it stands in runs.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the model was trained on EHR-Bench's questions, and so needs neither candidates nor a line that asks for the bare answer. The default value is <see langword="false"/>.</summary>
    public bool IsTrainedOnEhrBench { get; init; }

    /// <summary>Whether it thinks. The default value is <see cref="ThinkingHabit.Unknown"/>.</summary>
    public ThinkingHabit Thinking { get; init; }

    /// <summary>How it is told to think or not. The default value is <see cref="ThinkingSwitch.None"/>.</summary>
    public ThinkingSwitch Switch { get; init; }

    /// <summary>The empty think block that begins an answer without thoughts. The default value is that of Qwen3's chat template.</summary>
    public string EmptyBlock { get; init; } = ChatTemplate.EmptyThought;

    /// <summary>The system message; <see langword="null"/>, the default value, for none.</summary>
    public string? SystemText { get; init; }

    /// <summary>Whose tokenizer it uses. The default value is <see cref="TokenizerFamily.Unknown"/>.</summary>
    public TokenizerFamily Tokenizer { get; init; }

    /// <summary>The context in tokens, prompt and answer together, where the endpoint states none. The default value is 32,000, that of the paper.</summary>
    public int Context { get; init; } = 32_000;

    /// <summary>New tokens at most where the model may think, or writes free text; at most a quarter of the context. The default value is 4,096.</summary>
    public int MaxNewTokensThinking { get; init; } = 4_096;

    /// <summary>New tokens at most for a direct answer; at most a quarter of the context. The default value is 128.</summary>
    public int MaxNewTokensDirect { get; init; } = 128;

    /// <summary>Tokens that the chat template adds once, an upper bound. The default value is 48.</summary>
    public int TemplateTokens { get; init; } = 48;

    /// <summary>Tokens that the chat template adds around each message, an upper bound. The default value is 8.</summary>
    public int TokensPerMessage { get; init; } = 8;
}
