namespace EhrR1.Scoring.Tests;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("a\nb", "a|b")]
    [InlineData("<think>x\ny</think>\nAspirin \n  HEPARIN", "aspirin|heparin")]
    [InlineData("<think>one</think>first<think>two</think>\nsecond", "second")]
    [InlineData("no opening tag</think>answer", "answer")]
    [InlineData("a\\nb\\n\\nc", "a|b|c")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\n\n   \nA\n", "a")]
    [InlineData("<think>cut off while thinking\naspirin", "")]
    [InlineData("   <think>cut off\naspirin", "")]
    [InlineData("", "")]
    [InlineData("sodium chloride 0.9%, flush", "sodium chloride 0.9%, flush")]
    public void ReadItems_Text_GivesDistinctNormalizedLines(string output, string expected) =>
        string.Join('|', AnswerReader.ReadItems(output).Order(StringComparer.Ordinal)).ShouldBe(expected);

    [Theory]
    [InlineData("yes", true)]
    [InlineData(" No.", false)]
    [InlineData("YES\n", true)]
    [InlineData("**Yes**, the patient will", true)]
    [InlineData("<think>no, yes, no</think>yes", true)]
    [InlineData("Answer: no", false)]
    [InlineData("The patient is not known", null)]
    [InlineData("yesterday", null)]
    [InlineData("<think>yes", null)]
    [InlineData("", null)]
    public void ReadYesNo_Text_GivesFirstWordOfTheAnswer(string output, bool? expected) =>
        AnswerReader.ReadYesNo(output).ShouldBe(expected);

    [Fact]
    public void NormalizeLabels_MixedCaseAndEmpty_GivesTheFormThatAnswersHave() =>
        AnswerReader.NormalizeLabels([" Aspirin", "aspirin ", "", "Heparin"]).ShouldBe(["aspirin", "heparin"], ignoreOrder: true);
}
