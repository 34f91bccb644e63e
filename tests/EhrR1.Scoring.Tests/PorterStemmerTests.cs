namespace EhrR1.Scoring.Tests;

public sealed class PorterStemmerTests
{
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("conflated", "conflat")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("relational", "relat")]
    [InlineData("generalizations", "gener")]
    [InlineData("controlling", "control")]
    [InlineData("died", "die")]
    [InlineData("enjoy", "enjoy")]
    [InlineData("happy", "happi")]
    [InlineData("news", "news")]
    [InlineData("as", "as")]
    [InlineData("", "")]
    public void Stem_KnownWord_GivesKnownStem(string word, string stem) => PorterStemmer.Stem(word).ShouldBe(stem);

    [Fact]
    public void Stem_FixtureWords_AgreesWithNltk()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "porter.csv"));
        lines.Length.ShouldBeGreaterThan(900);
        string[] wrong = [.. lines.Select(line => line.Split(','))
            .Where(pair => PorterStemmer.Stem(pair[0]) != pair[1])
            .Select(pair => $"{pair[0]}: {PorterStemmer.Stem(pair[0])}, not {pair[1]}")];
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Stem_VeryLongRunOfLetters_IsStemmedWithoutRecursion() =>
        PorterStemmer.Stem(new string('y', 100_000)).Length.ShouldBeInRange(99_999, 100_000);
}
