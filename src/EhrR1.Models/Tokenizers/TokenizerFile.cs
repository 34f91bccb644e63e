using System.IO.Compression;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>What a Hugging Face <c>tokenizer.json</c> of byte-level BPE says.</summary>
/// <remarks>
/// Anything in the file that would lead to other tokens than those built from here is refused. Post-processors are passed over: they
/// add a template's special tokens around a text, never change the text's own.
/// </remarks>
internal sealed record TokenizerFile
{
    private const string Otherwise = "Let the endpoint count tokens, or use the estimate";

    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>The merges, best first, each as two tokens with a blank between.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>Whether a piece that is a token as a whole is never built from merges (<c>ignore_merges</c>, Llama 3).</summary>
    public required bool TakesWholePieces { get; init; }

    public required bool IsComposed { get; init; }

    public required string Pattern { get; init; }

    /// <summary>Whether text between matches is a piece too.</summary>
    public required bool KeepsGaps { get; init; }

    /// <summary>Reads a file, or the one in a model's folder; <c>.gz</c> is unpacked.</summary>
    public static TokenizerFile Read(string path)
    {
        var file = Find(path);
        try
        {
            using var raw = File.OpenRead(file);
            using Stream stream = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var json = JsonDocument.Parse(stream);
            return Read(json.RootElement, file);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidDataException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EhrR1Exception($"The tokenizer cannot be read: {e.Message}", file, "Give the tokenizer.json of the model as Hugging Face has it", e);
        }
    }

    /// <summary>The file that a path means: itself, or the one in a model's folder.</summary>
    public static string Find(string path)
    {
        if (!Directory.Exists(path))
            return path;
        var plain = Path.Combine(path, "tokenizer.json");
        return !File.Exists(plain) && File.Exists(plain + ".gz") ? plain + ".gz" : plain;
    }

    private static TokenizerFile Read(JsonElement root, string file)
    {
        var model = root.GetProperty("model");
        // The oldest files leave the type out; they are BPE where they have merges.
        Expect(!model.TryGetProperty("type", out var type) || type.GetString() == "BPE", "its model is not BPE", file);
        Expect(model.TryGetProperty("merges", out var merges), "its model is not BPE", file);
        foreach (var name in new[] { "dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback" })
            Expect(IsUnset(model, name), $"its model sets {name}", file);
        Expect(IsUnset(root, "decoder") || root.GetProperty("decoder").GetProperty("type").GetString() == "ByteLevel", "its decoder is not ByteLevel", file);
        var (pattern, keepsGaps) = Split(root, file);
        var vocabulary = new Dictionary<string, int>(160_000, StringComparer.Ordinal);
        foreach (var token in model.GetProperty("vocab").EnumerateObject())
            vocabulary[token.Name] = token.Value.GetInt32();
        Expect(Enumerable.Range(0, 256).All(b => vocabulary.ContainsKey(ByteAlphabet.LetterOf((byte)b).ToString())), "its vocabulary lacks a byte", file);
        string[] pairs = [.. merges.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.String ? m.GetString()! : $"{m[0].GetString()} {m[1].GetString()}")];
        Expect(Array.TrueForAll(pairs, p => IsOf(vocabulary, p)), "a merge is of tokens that its vocabulary lacks", file);
        return new TokenizerFile
        {
            Vocabulary = vocabulary,
            Merges = pairs,
            AddedTokens = [.. Items(root, "added_tokens").Select(t => Added(t, file))],
            TakesWholePieces = !IsUnset(model, "ignore_merges"),
            IsComposed = IsNormalFormC(root, file),
            Pattern = pattern,
            KeepsGaps = keepsGaps,
        };
    }

    private static bool IsOf(Dictionary<string, int> vocabulary, string merge) =>
        merge.Split(' ') is [var left, var right] && vocabulary.ContainsKey(left) && vocabulary.ContainsKey(right) && vocabulary.ContainsKey(left + right);

    private static AddedToken Added(JsonElement token, string file)
    {
        var added = new AddedToken(token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!, !IsUnset(token, "special"));
        foreach (var name in new[] { "lstrip", "rstrip", "single_word", "normalized" })
            Expect(IsUnset(token, name), $"its added token {added.Text} sets {name}", file);
        Expect(added.Text.Length > 0, "an added token is empty", file);
        return added;
    }

    private static bool IsNormalFormC(JsonElement root, string file)
    {
        if (IsUnset(root, "normalizer"))
            return false;
        var steps = Steps(root.GetProperty("normalizer"), "normalizers");
        Expect(steps.All(s => s.GetProperty("type").GetString() == "NFC"), "it normalizes text otherwise than by NFC", file);
        return steps.Count > 0;
    }

    private static (string Pattern, bool KeepsGaps) Split(JsonElement root, string file)
    {
        Expect(!IsUnset(root, "pre_tokenizer"), "it does not split text byte by byte", file);
        var steps = Steps(root.GetProperty("pre_tokenizer"), "pretokenizers");
        Expect(steps.Count is 1 or 2 && steps[^1].GetProperty("type").GetString() == "ByteLevel", "its pre-tokenizer does not end in ByteLevel alone", file);
        Expect(IsUnset(steps[^1], "add_prefix_space"), "it puts a blank before every text", file);
        // Left out, use_regex is true.
        var splitsItself = !steps[^1].TryGetProperty("use_regex", out var itself) || itself.GetBoolean();
        if (steps.Count == 1)
        {
            Expect(splitsItself, "it does not split text", file);
            return (SplitPattern.Gpt2, true);
        }

        var split = steps[0];
        Expect(!splitsItself && split.GetProperty("type").GetString() == "Split" && split.GetProperty("pattern").TryGetProperty("Regex", out _), "it splits text twice, or not by an expression", file);
        var behavior = split.GetProperty("behavior").GetString();
        var inverted = !IsUnset(split, "invert");
        Expect((behavior, inverted) is ("Isolated", false) or ("Removed", true), $"it splits text by {behavior}", file);
        return (split.GetProperty("pattern").GetProperty("Regex").GetString()!, !inverted);
    }

    private static List<JsonElement> Steps(JsonElement step, string name) =>
        step.GetProperty("type").GetString() == "Sequence" ? [.. step.GetProperty(name).EnumerateArray()] : [step];

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) => IsUnset(of, name) ? [] : of.GetProperty(name).EnumerateArray();

    private static bool IsUnset(JsonElement of, string name) =>
        !of.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False || (value.ValueKind == JsonValueKind.String && value.GetString() == "")
        || (value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0);

    private static void Expect(bool holds, string what, string file)
    {
        if (!holds)
            throw new EhrR1Exception($"The tokenizer is not one of those that can be built: {what}", file, Otherwise);
    }
}
