namespace EhrR1.Scoring.Tests;

public sealed class RougeScoreTests
{
    [Fact]
    public void Rouge1_ExampleOfGooglesReadme_GivesItsFigures()
    {
        RougeScore score = RougeScore.Rouge1("The quick brown dog jumps on the log.", "The quick brown fox jumps over the lazy dog");
        score.Precision.ShouldBe(0.75, 1e-15);
        score.Recall.ShouldBe(6.0 / 9, 1e-15);
        score.F1.ShouldBe(0.7058823529411765, 1e-15);
    }

    [Fact]
    public void Rouge1_RepeatedWord_CountsAsOftenAsInBoth()
    {
        RougeScore score = RougeScore.Rouge1("pain pain pain", "pain pain fever");
        score.Precision.ShouldBe(2.0 / 3, 1e-15);
        score.Recall.ShouldBe(2.0 / 3, 1e-15);
    }

    [Theory]
    [InlineData("patients", "Patient", 1)]
    [InlineData("was", "wa", 0)]
    [InlineData("", "text", 0)]
    [InlineData("…—!", "text", 0)]
    [InlineData("k 3.9", "K=3,9", 1)]
    public void Rouge1_StemsAndSeparators_AreReadAsDocumented(string candidate, string reference, double f1) =>
        RougeScore.Rouge1(candidate, reference).F1.ShouldBe(f1);

    [Fact]
    public void Rouge1Metric_AnswerWithThinking_ScoresTheAnswerAlone()
    {
        AnsweredSample[] samples = [new() { Id = "1", Patient = 1, Output = "<think>wrong words</think>Stable condition", Truth = ["stable conditions"] }];
        PatientIndex patients = PatientIndex.Of([1]);
        MeanMetric.Rouge1.Prepare(samples, patients).Evaluate([1]).ShouldBe(1);
    }
}
