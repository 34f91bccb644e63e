using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class ByteLevelTokenizerTests
{
    /// <summary>Text of everything that splits differently somewhere.</summary>
    internal static Gen<string> AnyText { get; } = Gen.OneOf(
        Words("'s", "'LL", "'Re", "'ſ", "'", "the patient", " Sodium", "mmol", "140", " ", "  ", "\n", "\r\n", " \n\n ", "\t", "|", "| --- |", "-", "/", "𝒜", "𐐀", "𠮷", "𝟘", "𞥐", "\u0301", "\u0323", "\u0338"),
        Words("中文", "日本", "٣٤", "Ⅷ", "½", "ǅ", "ʰ", "ß", "é", "e\u0301", "가", "\u1100\u1161\u11a8", "👩‍⚕️", "👨‍👩‍👧", "\0", "\u0085", "\u00a0", "\u2028", "\u3000", "°", "≥", "<|im_end|>", "<think>", "\ud800", "\udc00", "\ufffd"),
        Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(c => new Rune(c).ToString()),
        Gen.Char[' ', '~'].Array[1, 8].Select(c => new string(c)))
        .List[0, 30].Select(string.Concat);

    public static TheoryData<string> Tokenizers => ["qwen3-real", "tiny-qwen3", "tiny-llama3", "tiny-o200k", "tiny-gpt2"];

    [Theory, MemberData(nameof(Tokenizers))]
    public void Encode_TextsOfTheFixtures_GivesHuggingFacesTokens(string name)
    {
        var tokenizer = Tokenizer(name);
        var tried = 0;
        foreach (var (text, plain, template, decoded) in TokenFixtures.Of(name))
        {
            tokenizer.Encode(text).ShouldBe(plain, Escaped(text));
            tokenizer.Count(text).ShouldBe(plain.Length, Escaped(text));
            tokenizer.EncodeTemplate(text).ShouldBe(template, Escaped(text));
            tokenizer.Decode(template).ShouldBe(decoded, Escaped(text));
            tried++;
        }

        tried.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Encode_AnyTextWithQwen3_EqualsThePlainTwin()
    {
        var folder = RealData.Qwen3Tokenizer();
        using var stream = new GZipStream(File.OpenRead(Path.Combine(folder, "tokenizer.json.gz")), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        var twin = new PlainTokenizer(json.RootElement);
        var tokenizer = TokenFixtures.Qwen3();
        AnyText.Sample(text => tokenizer.Encode(text).ShouldBe(twin.Encode(CanonicalComposition.Normalize(WholeCharacters.Of(text))), Escaped(text)), iter: 5000);
    }

    [Fact]
    public void Encode_AnyTextWithATinyTokenizer_EqualsThePlainTwin()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(TokenFixtures.Folder, "tiny-qwen3.json")));
        var twin = new PlainTokenizer(json.RootElement);
        var tokenizer = TokenFixtures.Tiny("qwen3");
        AnyText.Sample(text => tokenizer.Encode(text).ShouldBe(twin.Encode(CanonicalComposition.Normalize(WholeCharacters.Of(text))), Escaped(text)), iter: 3000);
    }

    [Theory]
    [InlineData("tiny-qwen3")]
    [InlineData("tiny-llama3")]
    [InlineData("tiny-o200k")]
    [InlineData("tiny-gpt2")]
    public void Decode_OfAnyEncodedText_GivesTheNormalText(string name)
    {
        var tokenizer = Tokenizer(name);
        AnyText.Sample(text =>
        {
            var whole = WholeCharacters.Of(text);
            var normal = name == "tiny-qwen3" ? CanonicalComposition.Normalize(whole) : whole;
            tokenizer.Decode(tokenizer.Encode(text)).ShouldBe(normal);
            tokenizer.Count(text).ShouldBe(tokenizer.Encode(text).Length);
        }, iter: 1000);
    }

    [Fact]
    public void Encode_HalvesOfCharacters_AreReadAsReplacementCharacters()
    {
        var tokenizer = TokenFixtures.Tiny("qwen3");
        tokenizer.Encode("a\ud800b\udc00").ShouldBe(tokenizer.Encode("a\ufffdb\ufffd"));
    }

    [Fact]
    public void Encode_SpecialTokenInPlainText_IsPlainText()
    {
        var tokenizer = TokenFixtures.Tiny("qwen3");
        var end = tokenizer.AddedTokens.Single(t => t.Text == "<|im_end|>");
        tokenizer.Encode("note <|im_end|> goes on").ShouldNotContain(end.Id);
        tokenizer.EncodeTemplate("note <|im_end|> goes on").ShouldContain(end.Id);
        tokenizer.Decode(tokenizer.EncodeTemplate("yes<|im_end|>"), withoutSpecialTokens: true).ShouldBe("yes");
    }

    [Fact]
    public void Decode_PartOfACharacter_GivesReplacementCharactersButTheExactBytes()
    {
        var tokenizer = TokenFixtures.Tiny("qwen3");
        var ids = tokenizer.Encode("👩");
        ids.Length.ShouldBe(4);
        tokenizer.Decode(ids.AsSpan(0, 3)).ShouldBe("\ufffd");
        tokenizer.DecodeBytes(ids.AsSpan(0, 3)).ShouldBe([0xF0, 0x9F, 0x91]);
        tokenizer.Decode([.. ids, 999_999]).ShouldBe("👩");
    }

    [Theory]
    [InlineData("tiny-qwen3")]
    [InlineData("tiny-gpt2")]
    public void IndexAfter_AnyNumberOfTokens_GrowsAndNeverCutsACharacter(string name)
    {
        var tokenizer = Tokenizer(name);
        AnyText.Select(WholeCharacters.Of).Sample(text =>
        {
            var before = 0;
            for (var n = 0; n <= tokenizer.Count(text) + 1; n++)
            {
                var index = tokenizer.IndexAfter(text, n);
                index.ShouldBeGreaterThanOrEqualTo(before);
                (index < text.Length && index > 0 && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1])).ShouldBeFalse();
                before = index;
            }

            before.ShouldBe(text.Length);
        }, iter: 300);
    }

    [Fact]
    public void IndexAfter_TextOfSingleByteCharacters_IsWhereTheTokensEnd()
    {
        var tokenizer = TokenFixtures.Tiny("qwen3");
        const string text = "the patient's blood pressure was 120/80\n";
        var ids = tokenizer.Encode(text);
        for (var n = 0; n <= ids.Length; n++)
            text[..tokenizer.IndexAfter(text, n)].ShouldBe(tokenizer.Decode(ids.AsSpan(0, n)));
    }

    [Fact]
    public void Encode_MorePiecesThanAreRemembered_GivesTheSameTokensAgain()
    {
        var tokenizer = TokenFixtures.Tiny("gpt2");
        var text = string.Join(' ', Enumerable.Range(0, 70_000).Select(i => "w" + i.ToString("x", System.Globalization.CultureInfo.InvariantCulture).Replace('0', 'g')));
        var first = tokenizer.Count(text);
        tokenizer.Count(text).ShouldBe(first);
        tokenizer.Decode(tokenizer.Encode(text)).ShouldBe(text);
    }

    [Fact]
    public void Encode_OnePieceOf300000Letters_IsNoSquareOfWork()
    {
        var tokenizer = TokenFixtures.Tiny("qwen3");
        tokenizer.Decode(tokenizer.Encode(new string('a', 300_000))).Length.ShouldBe(300_000);
    }

    [Fact]
    public void Encode_LongPieces_EqualsThePlainTwin()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(TokenFixtures.Folder, "tiny-qwen3.json")));
        var twin = new PlainTokenizer(json.RootElement);
        var tokenizer = TokenFixtures.Tiny("qwen3");
        // Few letters, so that merges overlap and compete.
        Gen.OneOf(Gen.Char["thepain"].Array[200, 700], Gen.Char["a"].Array[250, 600], Gen.Char["-| "].Array[250, 600])
            .Select(c => new string(c)).Sample(text => tokenizer.Encode(text).ShouldBe(twin.Encode(text)), iter: 200);
    }

    private static ByteLevelTokenizer Tokenizer(string name) => name == "qwen3-real" ? TokenFixtures.Qwen3() : TokenFixtures.Tiny(name["tiny-".Length..]);

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Escaped(string text) => JsonSerializer.Serialize(text);
}
