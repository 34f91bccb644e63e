using CsCheck;

namespace EhrR1.Scoring.Tests;

public sealed class SetScoreTests
{
    [Fact]
    public void Of_TwoOfThreeAnswersAmongFourTrue_GivesTheDefinition()
    {
        SetScore score = SetScore.Of("<think>…</think>A\nb\nX", ["a", "B", "c", "d"]);
        score.Precision.ShouldBe(2.0 / 3, 1e-15);
        score.Recall.ShouldBe(2.0 / 4, 1e-15);
        score.F1.ShouldBe(4.0 / 7, 1e-15);
    }

    [Theory]
    [InlineData("", "a", 0)]
    [InlineData("a", "", 0)]
    [InlineData("", "", 1)]
    [InlineData("x", "a", 0)]
    [InlineData("A", "a", 1)]
    public void Of_EmptyOrDisjointOrEqual_GivesTheDocumentedValue(string output, string label, double expected) =>
        SetScore.Of(output, [label]).ShouldBe(new SetScore(expected, expected, expected));

    [Fact]
    public void Of_EmptyLinesInAnswer_DoNotLowerPrecision() =>
        SetScore.Of("a\n\n\nb\n", ["a", "b"]).Precision.ShouldBe(1);

    [Fact]
    public void Of_AnySets_F1IsHarmonicMeanAndSymmetric()
    {
        Gen<HashSet<string>> sets = Gen.Int[0, 12].Select(i => $"item {i}").HashSet[0, 8];
        Gen.Select(sets, sets).Sample((answer, truth) =>
        {
            SetScore score = SetScore.Of(answer, truth);
            double sum = score.Precision + score.Recall;
            score.F1.ShouldBe(sum == 0 ? 0 : 2 * score.Precision * score.Recall / sum, 1e-12);
            SetScore.Of(truth, answer).ShouldBe(new SetScore(score.Recall, score.Precision, score.F1));
        });
    }
}
