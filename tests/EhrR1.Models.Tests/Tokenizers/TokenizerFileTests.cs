using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class TokenizerFileTests
{
    public static TheoryData<string, string, string?> Unsupported => new()
    {
        { "model.type", "\"WordPiece\"", "not BPE" },
        { "model.byte_fallback", "true", "byte_fallback" },
        { "model.dropout", "0.1", "dropout" },
        { "model.end_of_word_suffix", "\"</w>\"", "end_of_word_suffix" },
        { "model.continuing_subword_prefix", "\"##\"", "continuing_subword_prefix" },
        { "normalizer", """{"type":"NFKC"}""", "NFC" },
        { "normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"}]}""", "NFC" },
        { "pre_tokenizer", "null", "byte by byte" },
        { "pre_tokenizer", """{"type":"Metaspace","replacement":"_"}""", "ByteLevel" },
        { "pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":true,"use_regex":true}""", "blank before" },
        { "pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}""", "does not split" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Digits"},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""", "not by an expression" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\s+"},"behavior":"MergedWithNext","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""", "MergedWithNext" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""", "regular expression" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(?:a+"},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""", "regular expression" },
        { "decoder", """{"type":"Metaspace"}""", "decoder" },
        { "added_tokens", """[{"id":900,"content":"<x>","lstrip":true,"normalized":false}]""", "lstrip" },
        { "model.merges", "null", null },
        { "model.merges", """["a zzzz"]""", "merge" },
    };

    [Theory, MemberData(nameof(Unsupported))]
    public void Load_FileThatAsksForSomethingElse_IsRefusedWithTheReason(string path, string value, string? reason)
    {
        using var folder = new TemporaryFolder();
        var file = Write(folder, json => Set(json, path, value));
        var error = Should.Throw<EhrR1Exception>(() => ByteLevelTokenizer.Load(file));
        error.Where.ShouldBe(file);
        if (reason is not null)
            error.What.ShouldContain(reason);
    }

    [Fact]
    public void Load_VocabularyWithoutAByte_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<EhrR1Exception>(() => ByteLevelTokenizer.Load(Write(folder, json => json["model"]!["vocab"]!.AsObject().Remove("!")))).What.ShouldContain("byte");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":{"type":"BPE","merges":[],"vocab":[]},"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false}}""")]
    public void Load_NoTokenizer_SaysSo(string text)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "tokenizer.json");
        File.WriteAllText(file, text);
        Should.Throw<EhrR1Exception>(() => ByteLevelTokenizer.Load(file));
        Should.Throw<EhrR1Exception>(() => ByteLevelTokenizer.Load(Path.Combine(folder.FullPath, "missing.json"))).Where!.ShouldEndWith("missing.json");
    }

    [Fact]
    public void Load_ModelFolderGzipAndMergesAsStrings_AreTheSameTokenizer()
    {
        using var folder = new TemporaryFolder();
        var file = Write(folder, json => json["model"]!["merges"] = new JsonArray([.. json["model"]!["merges"]!.AsArray().Select(m => (JsonNode)$"{m![0]} {m[1]}")]));
        var expected = TokenFixtures.Tiny("qwen3").Encode("the patient's blood pressure");
        ByteLevelTokenizer.Load(folder.FullPath).Encode("the patient's blood pressure").ShouldBe(expected);
        using (var to = new System.IO.Compression.GZipStream(File.Create(file + ".gz"), System.IO.Compression.CompressionMode.Compress))
            to.Write(File.ReadAllBytes(file));
        File.Delete(file);
        ByteLevelTokenizer.Load(folder.FullPath).Encode("the patient's blood pressure").ShouldBe(expected);
    }

    private static string Write(TemporaryFolder folder, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(TokenFixtures.Folder, "tiny-qwen3.json")))!;
        change(json);
        var file = Path.Combine(folder.FullPath, "tokenizer.json");
        File.WriteAllText(file, json.ToJsonString());
        return file;
    }

    private static void Set(JsonNode json, string path, string value)
    {
        var keys = path.Split('.');
        foreach (var key in keys[..^1])
            json = json[key]!;
        json[keys[^1]] = JsonNode.Parse(value);
    }
}
