namespace EhrR1.Models.Tests;

public sealed class CanonicalCompositionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "é")]
    [InlineData("é\u0323", "ẹ\u0301")]
    [InlineData("s\u0323\u0307", "ṩ")]
    [InlineData("\u1e9b\u0323", "ẛ\u0323")]
    [InlineData("\u212b\u2126\u212a", "ÅΩK")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u1100\u1161\u11a8", "각")]
    [InlineData("가\u11a8\u11a8", "각\u11a8")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011131\U00011127", "\U0001112e")]
    [InlineData("a\u0301\u0301", "á\u0301")]
    [InlineData("\u0301a", "\u0301a")]
    // U+1AC1 came with Unicode 13: the tokenizers' normalizer does not know it for a mark.
    [InlineData("x\u1ac1\u0742", "x\u1ac1\u0742")]
    public void Normalize_KnownTexts_AreComposedAsTheTokenizersDo(string text, string composed) => CanonicalComposition.Normalize(text).ShouldBe(composed);

    [Fact]
    public void Normalize_EverySyllableOfHangul_ComesBackFromItsParts()
    {
        for (var c = 0; c < 11172; c++)
        {
            var parts = $"{(char)(0x1100 + (c / 588))}{(char)(0x1161 + (c % 588 / 28))}{(c % 28 == 0 ? "" : (char)(0x11A7 + (c % 28)))}";
            CanonicalComposition.Normalize(parts).ShouldBe(((char)(0xAC00 + c)).ToString());
        }
    }

    [Fact]
    public void Normalize_AnyText_ChangesNothingTheSecondTime() => CsCheck.Check.Sample(ByteLevelTokenizerTests.AnyText, text =>
    {
        var once = CanonicalComposition.Normalize(WholeCharacters.Of(text));
        CanonicalComposition.Normalize(once).ShouldBeSameAs(once);
    }, iter: 1000);

    [Fact]
    public void ShortOf_EveryCategory_IsACharacterOfIt()
    {
        foreach (var category in Enum.GetValues<System.Globalization.UnicodeCategory>().Where(c => c != System.Globalization.UnicodeCategory.Surrogate))
            char.GetUnicodeCategory(SplitPattern.ShortOf(category)).ShouldBe(category);
    }

    [Theory]
    [InlineData(@"\w+")]
    [InlineData(@"\p{L}++")]
    [InlineData(@"\p{L}+?")]
    [InlineData(@"\p{Han}+")]
    [InlineData(@"[a-z]+")]
    [InlineData(@"\d")]
    [InlineData(@".")]
    [InlineData(@"a$")]
    [InlineData(@"(?i:'ss)")]
    [InlineData(@"(a)")]
    [InlineData(@"\x41")]
    [InlineData("é")]
    public void Parse_ConstructsThatMayMeanSomethingElse_AreRefused(string pattern) =>
        Should.Throw<Charts.EhrR1Exception>(() => SplitPattern.Parse(pattern, "tokenizer.json")).Where.ShouldBe("tokenizer.json");
}
