namespace EhrR1.Models;

/// <summary>How a language model draws its tokens; baselines draw nothing and pass over it.</summary>
public sealed record SamplingSettings
{
    /// <summary>Temperature, 0 for greedy decoding. The default value is 0.</summary>
    public double Temperature { get; init; }

    /// <summary>Nucleus: the smallest set of tokens with this probability is drawn from, above 0 to 1. The default value is 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>How many of the most probable tokens are drawn from; <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public int? TopK { get; init; }

    /// <summary>New tokens at most. The default value is 128, that of direct answers.</summary>
    public int MaxNewTokens { get; init; } = 128;

    /// <summary>Texts that end a completion. The default value is none.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Seed of the draw; <see langword="null"/> leaves it to the model. The default value is <see langword="null"/>.</summary>
    public long? Seed { get; init; }
}
