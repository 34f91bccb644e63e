using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Reads and writes config.json.</summary>
/// <remarks>
/// Whatever would change the arithmetic and is not built is refused: other activations, scaled rotary embeddings, sliding windows, biases
/// where the family has none. Both spellings of the rotary base are read: <c>rope_theta</c>, and <c>rope_parameters</c> of Transformers 5.
/// </remarks>
internal static class ModelConfigFile
{
    // Later versions read what this one wrote; the field says by which rules it was written.
    private const string TransformersVersion = "4.51.0";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    public static ModelConfig Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var config = Of(json.RootElement, path);
            config.Check(path);
            return config;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EhrR1Exception($"The model's configuration cannot be read: {e.Message}", path, "Give the folder of a model as Hugging Face has it, with config.json, tokenizer.json and the weights", e);
        }
    }

    public static string Write(ModelConfig config, string type)
    {
        var family = config.Family.ToString();
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray($"{family}ForCausalLM"),
            ["attention_bias"] = config.Family == ModelFamily.Qwen2 ? null : false,
            ["attention_dropout"] = 0.0,
            ["bos_token_id"] = config.BeginToken,
            ["eos_token_id"] = config.EndTokens.Count switch { 0 => null, 1 => config.EndTokens[0], _ => new JsonArray([.. config.EndTokens.Select(t => JsonValue.Create(t))]) },
            ["head_dim"] = config.HeadSize,
            ["hidden_act"] = "silu",
            ["hidden_size"] = config.HiddenSize,
            ["initializer_range"] = config.InitializerRange,
            ["intermediate_size"] = config.IntermediateSize,
            ["max_position_embeddings"] = config.MaxPositions,
            ["model_type"] = family.ToLowerInvariant(),
            ["num_attention_heads"] = config.Heads,
            ["num_hidden_layers"] = config.Layers,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["pad_token_id"] = config.PaddingToken,
            ["rms_norm_eps"] = config.NormEpsilon,
            ["rope_scaling"] = null,
            ["rope_theta"] = config.RopeTheta,
            ["tie_word_embeddings"] = config.TiesEmbeddings,
            ["torch_dtype"] = type,
            ["transformers_version"] = TransformersVersion,
            ["use_cache"] = true,
            ["vocab_size"] = config.VocabularySize,
        };
        if (config.Family == ModelFamily.Qwen2)
            json.Remove("attention_bias");
        if (config.Family == ModelFamily.Llama)
        {
            json["mlp_bias"] = false;
        }
        else
        {
            json["max_window_layers"] = config.Layers;
            json["sliding_window"] = null;
            json["use_sliding_window"] = false;
        }

        return json.ToJsonString(_indented) + "\n";
    }

    private static ModelConfig Of(JsonElement root, string path)
    {
        var name = root.TryGetProperty("model_type", out var stated) ? stated.GetString() ?? "" : "";
        var family = Array.Find(Enum.GetValues<ModelFamily>(), f => f.ToString().ToLowerInvariant() == name);
        if (family.ToString().ToLowerInvariant() != name)
            throw new EhrR1Exception($"The architecture '{name}' is not supported", path, "Use a model of one of the types qwen3, qwen2 and llama");
        Expect(Text(root, "hidden_act") is null or "silu", $"its activation is {Text(root, "hidden_act")}, not silu", path);
        foreach (var flag in (ReadOnlySpan<string>)["use_sliding_window", "mlp_bias", "attention_bias"])
            Expect(!(root.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True), $"it sets {flag}", path);
        int heads = Whole(root, "num_attention_heads", path), hidden = Whole(root, "hidden_size", path);
        return new ModelConfig
        {
            Family = family,
            VocabularySize = Whole(root, "vocab_size", path),
            HiddenSize = hidden,
            IntermediateSize = Whole(root, "intermediate_size", path),
            Layers = Whole(root, "num_hidden_layers", path),
            Heads = heads,
            KeyValueHeads = WholeOrNull(root, "num_key_value_heads", path) ?? heads,
            HeadSize = WholeOrNull(root, "head_dim", path) ?? (heads > 0 ? hidden / heads : 0),
            MaxPositions = Whole(root, "max_position_embeddings", path),
            NormEpsilon = Number(root, "rms_norm_eps", path) ?? 1e-6,
            RopeTheta = Rope(root, path),
            TiesEmbeddings = root.TryGetProperty("tie_word_embeddings", out var tied) && tied.ValueKind == JsonValueKind.True,
            InitializerRange = Number(root, "initializer_range", path) ?? 0.02,
            BeginToken = WholeOrNull(root, "bos_token_id", path),
            EndTokens = root.TryGetProperty("eos_token_id", out var ends) && ends.ValueKind == JsonValueKind.Array ? [.. ends.EnumerateArray().Select(e => e.GetInt32())] : WholeOrNull(root, "eos_token_id", path) is { } end ? [end] : [],
            PaddingToken = WholeOrNull(root, "pad_token_id", path),
        };
    }

    private static double Rope(JsonElement root, string path)
    {
        var theta = Number(root, "rope_theta", path);
        foreach (var name in (ReadOnlySpan<string>)["rope_scaling", "rope_parameters"])
        {
            if (!root.TryGetProperty(name, out var rope) || rope.ValueKind != JsonValueKind.Object)
                continue;
            var kind = Text(rope, "rope_type") ?? Text(rope, "type") ?? "default";
            Expect(kind == "default", $"its rotary embedding is scaled ({name}: {kind})", path);
            theta ??= Number(rope, "rope_theta", path);
        }

        return theta ?? 10_000;
    }

    private static void Expect(bool condition, string what, string path)
    {
        if (!condition)
            throw new EhrR1Exception($"The model cannot be computed: {what}", path, "Use a model without it; what is supported stands in docs/training.md");
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Whole(JsonElement root, string name, string path) =>
        WholeOrNull(root, name, path) ?? throw new EhrR1Exception($"The model's configuration lacks {name}", path, "Take config.json from the model's own folder");

    private static int? WholeOrNull(JsonElement root, string name, string path)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new EhrR1Exception($"The model's configuration is wrong: {name} is no whole number", path, "Take config.json from the model's own folder");
    }

    private static double? Number(JsonElement root, string name, string path)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw new EhrR1Exception($"The model's configuration is wrong: {name} is no number", path, "Take config.json from the model's own folder");
    }
}
