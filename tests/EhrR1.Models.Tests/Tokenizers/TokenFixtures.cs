using System.Text.Json;

namespace EhrR1.Models.Tests;

/// <summary>What Hugging Face's own tokenizers made of the texts in <c>tokens.jsonl</c>.</summary>
internal static class TokenFixtures
{
    public static string Folder { get; } = Repository.PathOf("tests", "EhrR1.Models.Tests", "Tokenizers", "Fixtures");

    private static readonly Lazy<ByteLevelTokenizer> _qwen3 = new(() => ByteLevelTokenizer.Load(RealData.Qwen3Tokenizer()));

    /// <summary>Qwen3's own tokenizer, loaded once; skips the test where it is not there.</summary>
    public static ByteLevelTokenizer Qwen3()
    {
        RealData.Qwen3Tokenizer();
        return _qwen3.Value;
    }

    public static ByteLevelTokenizer Tiny(string kind) => ByteLevelTokenizer.Load(Path.Combine(Folder, $"tiny-{kind}.json"));

    public static IEnumerable<(string Text, int[] Plain, int[] Template, string Decoded)> Of(string tokenizer)
    {
        foreach (var line in File.ReadLines(Path.Combine(Folder, "tokens.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("tokenizer").GetString() != tokenizer)
                continue;
            var text = json.RootElement.GetProperty("text").GetString()!;
            var plain = Ids(json.RootElement.GetProperty("plain"));
            var template = json.RootElement.TryGetProperty("template", out var t) ? Ids(t) : plain;
            yield return (text, plain, template, json.RootElement.TryGetProperty("decoded", out var d) ? d.GetString()! : text);
        }
    }

    private static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(i => i.GetInt32())];
}
