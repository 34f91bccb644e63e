using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>The architecture of a decoder, as Hugging Face's config.json states it.</summary>
public sealed record ModelConfig
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "config.json";

    /// <summary>The kind of decoder. The default value is <see cref="ModelFamily.Qwen3"/>.</summary>
    public ModelFamily Family { get; init; } = ModelFamily.Qwen3;

    /// <summary>Rows of the embedding table; may be more than the tokenizer has tokens (padding rows).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the gated layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / <see cref="KeyValueHeads"/> query heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of a head, an even number; need not be <see cref="HiddenSize"/> / <see cref="Heads"/>.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Longest sequence in tokens. The default value is 4096.</summary>
    public int MaxPositions { get; init; } = 4096;

    /// <summary>What is added to the mean square before its root is taken. The default value is 1e-6.</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>The base of the rotary embedding's wavelengths. The default value is 1,000,000, that of Qwen3.</summary>
    public double RopeTheta { get; init; } = 1_000_000;

    /// <summary>Whether the embedding table is the output table too. The default value is <see langword="true"/>.</summary>
    public bool TiesEmbeddings { get; init; } = true;

    /// <summary>Standard deviation of fresh weights. The default value is 0.02.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The token that begins a text, if there is one.</summary>
    public int? BeginToken { get; init; }

    /// <summary>The tokens that end a text. The default value is none.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>The token that fills batches, if there is one.</summary>
    public int? PaddingToken { get; init; }

    /// <summary>Whether heads' queries and keys are normalized.</summary>
    public bool NormalizesHeads => Family == ModelFamily.Qwen3;

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool HasAttentionBias => Family == ModelFamily.Qwen2;

    /// <summary>The number of trainable numbers, tied tables counted once.</summary>
    public long Parameters => ModelLayout.Of(this).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));

    /// <summary>Reads a config.json.</summary>
    /// <param name="path">The file, or the model folder that holds it.</param>
    /// <exception cref="EhrR1Exception">The file cannot be read, a field is missing or wrong, or it asks for what is not supported.</exception>
    public static ModelConfig Read(string path) => ModelConfigFile.Read(Directory.Exists(path) ? Path.Combine(path, FileName) : path);

    /// <summary>Checks that the sizes fit each other.</summary>
    /// <param name="where">What to name in the error.</param>
    /// <exception cref="EhrR1Exception">They do not.</exception>
    public void Check(string? where = null)
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, int)>)[("vocab_size", VocabularySize), ("hidden_size", HiddenSize), ("intermediate_size", IntermediateSize), ("num_hidden_layers", Layers),
            ("num_attention_heads", Heads), ("num_key_value_heads", KeyValueHeads), ("head_dim", HeadSize), ("max_position_embeddings", MaxPositions)])
        {
            Need(value > 0, $"{name} is {value}, and must be at least 1", where);
        }

        Need(Heads % KeyValueHeads == 0, $"num_attention_heads, {Heads}, is no multiple of num_key_value_heads, {KeyValueHeads}", where);
        Need(HeadSize % 2 == 0, $"head_dim is {HeadSize}, and the rotary embedding needs an even number", where);
        Need(NormEpsilon > 0, $"rms_norm_eps is {NormEpsilon}, and must be above 0", where);
        Need(RopeTheta > 0, $"rope_theta is {RopeTheta}, and must be above 0", where);
        foreach (var (name, token) in EndTokens.Select(t => ("eos_token_id", t)).Concat(BeginToken is { } b ? [("bos_token_id", b)] : []).Concat(PaddingToken is { } p ? [("pad_token_id", p)] : []))
            Need(token >= 0 && token < VocabularySize, $"{name} is {token}, and the embedding table has {VocabularySize} rows", where);
    }

    /// <summary>The text of the config.json that Transformers and vLLM read.</summary>
    /// <param name="type">The type of the weights, as <c>float32</c> or <c>bfloat16</c>.</param>
    public string ToJson(string type) => ModelConfigFile.Write(this, type);

    private static void Need(bool condition, string what, string? where)
    {
        if (!condition)
            throw new EhrR1Exception($"The model's configuration is wrong: {what}", where, "Take config.json and weights from the same model");
    }
}
