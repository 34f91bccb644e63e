using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

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

    /// <summary>Share of the most probable token's probability below which tokens are not drawn. The default value is 0.</summary>
    public double MinP { get; init; }

    /// <summary>What logits of tokens seen are divided by, drawn or not. The default value is 1.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>The defaults that follow from the architecture alone.</summary>
    public static GenerationDefaults Of(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new GenerationDefaults { BeginToken = config.BeginToken, EndTokens = config.EndTokens, PaddingToken = config.PaddingToken };
    }

    /// <summary>Reads a model folder's file; without one the architecture's tokens hold.</summary>
    /// <remarks>
    /// A text ends with any token that config.json or the file names, or that ends a turn in the folder's chat template: a base model's files know nothing of turns,
    /// though it comes with a template, and what it learns from conversations is to end with that token.
    /// </remarks>
    /// <param name="folder">The model's folder.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="tokenizer">Its tokenizer, which knows the token that ends a turn; <see langword="null"/> leaves the template out.</param>
    /// <exception cref="EhrR1Exception">The file cannot be read.</exception>
    public static GenerationDefaults Read(string folder, ModelConfig config, ByteLevelTokenizer? tokenizer = null)
    {
        var path = Path.Combine(folder, FileName);
        var defaults = Of(config);
        int[] turn = tokenizer is not null && EndOfTurn(folder, tokenizer) is { } end ? [end] : [];
        defaults = defaults with { EndTokens = [.. defaults.EndTokens.Union(turn)] };
        if (!File.Exists(path))
            return defaults;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return defaults with
            {
                BeginToken = Value(root, "bos_token_id")?.GetInt32() ?? defaults.BeginToken,
                EndTokens = [.. config.EndTokens.Union(Named(root)).Union(turn)],
                PaddingToken = Value(root, "pad_token_id")?.GetInt32() ?? defaults.PaddingToken,
                Draws = Value(root, "do_sample")?.GetBoolean() ?? false,
                Temperature = Value(root, "temperature")?.GetDouble() ?? 1,
                TopK = Value(root, "top_k")?.GetInt32() is > 0 and var k ? k : null,
                TopP = Value(root, "top_p")?.GetDouble() ?? 1,
                MinP = Value(root, "min_p")?.GetDouble() ?? 0,
                RepetitionPenalty = Value(root, "repetition_penalty")?.GetDouble() ?? 1,
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
            if (MinP > 0)
                json["min_p"] = MinP;
        }

        if (RepetitionPenalty != 1)
            json["repetition_penalty"] = RepetitionPenalty;
        json["transformers_version"] = "4.51.0";
        AtomicFile.WriteText(Path.Combine(folder, FileName), json.ToJsonString(_indented) + "\n");
    }

    /// <summary>Lets a folder's file name all of some tokens that end a text: one that does is left as it is, and where there is none it is made.</summary>
    internal static void Complete(string folder, ModelConfig config, IReadOnlyList<int> endTokens)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var defaults = Of(config);
            (defaults with { EndTokens = [.. defaults.EndTokens.Union(endTokens)] }).Write(folder);
            return;
        }

        if (endTokens.Count == 0)
            return;
        var bytes = File.ReadAllBytes(path);
        using var json = JsonDocument.Parse(bytes);
        int[] named = [.. Named(json.RootElement)];
        if (endTokens.All(named.Contains))
            return;
        var root = JsonNode.Parse(bytes)!.AsObject();
        root["eos_token_id"] = new JsonArray([.. named.Union(endTokens).Select(t => JsonValue.Create(t))]);
        AtomicFile.WriteText(path, root.ToJsonString(_indented) + "\n");
    }

    private static int? EndOfTurn(string folder, ByteLevelTokenizer tokenizer)
    {
        try
        {
            return ChatTemplate.Load(folder)?.EndOfTurn(tokenizer);
        }
        catch (EhrR1Exception)
        {
            // Another kind of template, by which nothing is written here; whoever needs one says so.
            return null;
        }
    }

    private static IEnumerable<int> Named(JsonElement root) => Value(root, "eos_token_id") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } ends => ends.EnumerateArray().Select(e => e.GetInt32()),
        { } end => [end.GetInt32()],
    };

    private static JsonElement? Value(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
