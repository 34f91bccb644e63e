using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Models whose architecture is built in, by their names on the Hugging Face hub.</summary>
/// <remarks>Source: the models' config.json. Safe for any number of threads.</remarks>
public static class KnownModels
{
    private const int QwenRows = 151_936;

    private static readonly (string Name, ModelConfig Config)[] _all =
    [
        ("Qwen/Qwen3-0.6B", Qwen3(hidden: 1_024, inner: 3_072, layers: 28, heads: 16, isTied: true)),
        ("Qwen/Qwen3-1.7B", Qwen3(hidden: 2_048, inner: 6_144, layers: 28, heads: 16, isTied: true)),
        ("Qwen/Qwen3-4B", Qwen3(hidden: 2_560, inner: 9_728, layers: 36, heads: 32, isTied: true)),
        ("Qwen/Qwen3-8B", Qwen3(hidden: 4_096, inner: 12_288, layers: 36, heads: 32, isTied: false)),
        ("Qwen/Qwen3-14B", Qwen3(hidden: 5_120, inner: 17_408, layers: 40, heads: 40, isTied: false)),
        ("Qwen/Qwen3-32B", Qwen3(hidden: 5_120, inner: 25_600, layers: 64, heads: 64, isTied: false)),
        ("Qwen/Qwen2.5-72B-Instruct", new ModelConfig { Family = ModelFamily.Qwen2, VocabularySize = 152_064, HiddenSize = 8_192, IntermediateSize = 29_568, Layers = 80, Heads = 64, KeyValueHeads = 8, HeadSize = 128, MaxPositions = 32_768, TiesEmbeddings = false }),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(m => m.Name)];

    /// <summary>Finds a model: one that is built in, by its name with or without the owner, or a model folder's config.json.</summary>
    /// <param name="name">The name, or a path.</param>
    /// <exception cref="EhrR1Exception">There is neither, or the folder's config.json is wrong.</exception>
    public static (string Name, ModelConfig Config) Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var known in _all)
        {
            if (known.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || known.Name.Split('/')[1].Equals(name, StringComparison.OrdinalIgnoreCase))
                return known;
        }

        // A fine-tuned Instruct model and its base are of one shape.
        if (name.Contains("Qwen2.5-72B", StringComparison.OrdinalIgnoreCase) && !Path.Exists(name))
            return (name, _all[^1].Config);
        return Path.Exists(name)
            ? (Path.GetFileName(Path.TrimEndingDirectorySeparator(name)), ModelConfig.Read(name))
            : throw new EhrR1Exception("The model is neither built in nor a folder here", name, $"Name a folder with a config.json, or one of {string.Join(", ", Names)}");
    }

    private static ModelConfig Qwen3(int hidden, int inner, int layers, int heads, bool isTied) => new()
    {
        Family = ModelFamily.Qwen3,
        VocabularySize = QwenRows,
        HiddenSize = hidden,
        IntermediateSize = inner,
        Layers = layers,
        Heads = heads,
        KeyValueHeads = 8,
        HeadSize = 128,
        MaxPositions = 40_960,
        TiesEmbeddings = isTied,
    };
}
