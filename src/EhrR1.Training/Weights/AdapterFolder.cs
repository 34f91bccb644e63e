using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>LoRA's additions in a folder as PEFT lays it out: adapter_config.json and adapter_model.safetensors.</summary>
public static class AdapterFolder
{
    /// <summary>The configuration's file.</summary>
    public const string ConfigFile = "adapter_config.json";

    /// <summary>The file of weights.</summary>
    public const string WeightFile = "adapter_model.safetensors";

    // What changes the arithmetic or the weights beneath, so that to pass over it would give another model without a word.
    private static readonly string[] _unsupported =
        ["use_dora", "use_rslora", "use_qalora", "use_bdlora", "kasa_config", "arrow_config", "fan_in_fan_out", "alpha_pattern", "rank_pattern", "modules_to_save", "lora_bias", "layer_replication", "alora_invocation_tokens", "trainable_token_indices", "target_parameters"];

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes additions, the configuration last.</summary>
    /// <param name="adapter">The additions.</param>
    /// <param name="folder">The folder, made if it is not there.</param>
    /// <param name="baseModel">The name or folder of the model that they belong to.</param>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public static void Save(LowRankAdapter adapter, string folder, string baseModel)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        Directory.CreateDirectory(folder);
        SafetensorsWriter.Write(Path.Combine(folder, WeightFile), [.. adapter.NamedParameters().Select(p => (p.Name, (Tensor)p.Parameter))]);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), new JsonObject
        {
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["lora_alpha"] = adapter.Options.Alpha,
            ["lora_dropout"] = 0.0,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = adapter.Options.Rank,
            ["target_modules"] = new JsonArray([.. adapter.Options.Targets.Select(t => JsonValue.Create(t))]),
            ["task_type"] = "CAUSAL_LM",
            ["use_dora"] = false,
            ["use_rslora"] = false,
        }.ToJsonString(_indented) + "\n");
    }

    /// <summary>Reads additions and attaches them to their model.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or wrong, or the additions are another model's.</exception>
    public static LowRankAdapter Load(DecoderModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        var options = ReadOptions(Path.Combine(folder, ConfigFile));
        using var file = SafetensorsFile.Open(Path.Combine(folder, WeightFile));
        var adapter = LowRankAdapter.Attach(model, options);
        try
        {
            using var off = no_grad();
            var left = file.Entries.Keys.ToHashSet(StringComparer.Ordinal);
            foreach (var (name, parameter) in adapter.NamedParameters())
            {
                using var scope = NewDisposeScope();
                if (!left.Remove(name))
                    throw new EhrR1Exception($"The adapter lacks the tensor {name}", file.FullPath, "Take the adapter that was trained on this very model");
                if (!file.Entries[name].Shape.SequenceEqual(parameter.shape))
                    throw new EhrR1Exception($"The adapter's tensor {name} has the shape [{string.Join(", ", file.Entries[name].Shape)}], and the model asks for [{string.Join(", ", parameter.shape)}]", file.FullPath, "Take the adapter that was trained on this very model");
                parameter.copy_(file.Read(name));
            }

            if (left.Order(StringComparer.Ordinal).FirstOrDefault() is { } unexpected)
                throw new EhrR1Exception($"The adapter holds the tensor {unexpected}, which the model has no place for", file.FullPath, "Take the adapter that was trained on this very model");
            return adapter;
        }
        catch
        {
            adapter.Detach(model);
            adapter.Dispose();
            throw;
        }
    }

    // Null, false and nothing are how PEFT writes that something is not used.
    private static bool SaysSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private static LowRankOptions ReadOptions(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (_unsupported.FirstOrDefault(n => root.TryGetProperty(n, out var value) && SaysSomething(value)) is { } setting)
                throw new EhrR1Exception($"The adapter sets {setting}, which is not supported", path, "Merge it with the tool that made it");
            foreach (var (name, supported) in (ReadOnlySpan<(string, string)>)[("bias", "none"), ("peft_type", "LORA")])
            {
                if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is var said && said != supported)
                    throw new EhrR1Exception($"The adapter sets {name} to {said}, and {supported} alone is supported", path, "Merge it with the tool that made it");
            }

            return new LowRankOptions
            {
                Rank = root.GetProperty("r").GetInt32(),
                Alpha = root.GetProperty("lora_alpha").GetDouble(),
                Targets = [.. root.GetProperty("target_modules").EnumerateArray().Select(t => t.GetString()!)],
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EhrR1Exception($"The adapter's configuration cannot be read: {e.Message}", path, "Give a folder with adapter_config.json and adapter_model.safetensors, such as 'train' writes", e);
        }
    }
}
