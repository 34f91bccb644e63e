using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>What generation_config.json sets for a model.</summary>
public sealed record GenerationDefaults
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "generation_config.json";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The token that begins a text, if there is one.</summary>
    public int? BeginToken { get; init; }

    /// <summary>The tokens that end a text. The default value is none.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>The token that fills batches, if there is one.</summary>
    public int? PaddingToken { get; init; }

    /// <summary>Whether tokens are drawn rather than the most probable taken. The default value is <see langword="false"/>.</summary>
    public bool Draws { get; init; }

    /// <summary>Temperature of the draw. The default value is 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many tokens are drawn from, or <see langword="null"/> for all. The default value is <see langword="null"/>.</summary>
    public int? TopK { get; init; }

    /// <summary>Share of probability that is drawn from. The default value is 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The defaults that follow from the architecture alone.</summary>
    public static GenerationDefaults Of(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new GenerationDefaults { BeginToken = config.BeginToken, EndTokens = config.EndTokens, PaddingToken = config.PaddingToken };
    }

    /// <summary>Reads a model folder's file; without one the architecture's tokens hold.</summary>
    /// <exception cref="EhrR1Exception">The file cannot be read.</exception>
    public static GenerationDefaults Read(string folder, ModelConfig config)
    {
        var path = Path.Combine(folder, FileName);
        var defaults = Of(config);
        if (!File.Exists(path))
            return defaults;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return defaults with
            {
                BeginToken = Value(root, "bos_token_id")?.GetInt32() ?? defaults.BeginToken,
                EndTokens = Value(root, "eos_token_id") is { } ends ? ends.ValueKind == JsonValueKind.Array ? [.. ends.EnumerateArray().Select(e => e.GetInt32())] : [ends.GetInt32()] : defaults.EndTokens,
                PaddingToken = Value(root, "pad_token_id")?.GetInt32() ?? defaults.PaddingToken,
                Draws = Value(root, "do_sample")?.GetBoolean() ?? false,
                Temperature = Value(root, "temperature")?.GetDouble() ?? 1,
                TopK = Value(root, "top_k")?.GetInt32() is > 0 and var k ? k : null,
                TopP = Value(root, "top_p")?.GetDouble() ?? 1,
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new EhrR1Exception($"The defaults of generation cannot be read: {e.Message}", path, "Copy the file from the model's own folder, or delete it", e);
        }
    }

    /// <summary>Writes the file into a folder.</summary>
    public void Write(string folder)
    {
        var json = new JsonObject { ["bos_token_id"] = BeginToken, ["do_sample"] = Draws, ["eos_token_id"] = new JsonArray([.. EndTokens.Select(t => JsonValue.Create(t))]), ["pad_token_id"] = PaddingToken };
        if (Draws)
        {
            json["temperature"] = Temperature;
            json["top_k"] = TopK ?? 0;
            json["top_p"] = TopP;
        }

        json["transformers_version"] = "4.51.0";
        AtomicFile.WriteText(Path.Combine(folder, FileName), json.ToJsonString(_indented) + "\n");
    }

    private static JsonElement? Value(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
