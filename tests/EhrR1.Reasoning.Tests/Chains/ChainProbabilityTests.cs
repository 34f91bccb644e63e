namespace EhrR1.Reasoning.Tests;

public sealed class ChainProbabilityTests
{
    [Theory]
    [InlineData(0.35, "Age speaks for it. About 10 % of such patients die.\n\n0.35")]
    [InlineData(0.35, "The base rate is 0.05, and 2 of 3 signs are there.\n**Probability: 0.35**")]
    [InlineData(0.35, "0.35\n\nThe base rate is 0.05.")]
    [InlineData(0.35, "The estimated probability is 35%.")]
    [InlineData(0.35, "I put it at 0.35, since the lactate is 4.1 mmol/L.")]
    [InlineData(0.35, "Weighing both, 35 percent.")]
    [InlineData(0.35, "`.35`")]
    [InlineData(0.35, "```\n0.35\n```")]
    [InlineData(1.0, "1")]
    [InlineData(0.0, "It is certain that it will not happen: a point of 1 is given.\n0")]
    [InlineData(null, "1 event speaks for it and 0 against.")]
    [InlineData(null, "")]
    [InlineData(null, "High.")]
    [InlineData(null, "Between 0.2-0.3")]
    [InlineData(null, "20-30 %")]
    [InlineData(null, "0.2 to 0.3")]
    [InlineData(null, "1.7")]
    [InlineData(null, "150 %")]
    [InlineData(null, "B12 and P450")]
    [InlineData(null, "3/10")]
    public void Parse_ProbabilityOfATwoSidedChain_IsThatOfItsOwnLine(double? probability, string body)
    {
        var chain = ChainParser.Parse($"## Evidence for\n**Triage [2171-06-06 19:57:01]**: Acuity 1\n## Evidence against\nThe patient is 34.\n## Probability\n{body}", ChainTemplates.Get("two-sided@1"));
        chain.Probability.ShouldBe(probability);
        chain.FinalItems.Select(i => i.Text).ShouldBe(probability is { } p ? [p >= 0.5 ? "yes" : "no"] : []);
    }

    [Fact]
    public void Check_TwoSidedChain_IsMeasuredByItsOwnSections()
    {
        var sample = Narration.Ward.Sample("Inpatient_Mortality", "no");
        const string text = "## Evidence for\n**Labotary Test Events [2150-03-10 08:00:00]**: Creatinine 2.1 mg/dL, above its range.\n\n## Evidence against\n**Labotary Test Events [2150-03-10 08:00:00]**: Potassium 4 mEq/L, within its range.\n\n## Probability\nMost such patients leave the hospital; about 15 % do not.\n0.2";
        var chain = ChainParser.Parse(text, ChainTemplates.Get("two-sided@1"));
        chain.Faults.ShouldBe(ChainFault.None);
        var filter = PublishedFilter.Check(chain, sample.Labels);
        (filter.Passes, filter.AnswerShare).ShouldBe((true, 1));
        var good = new GroundingCheck().Check(sample, null, chain);
        good.Faults.ShouldBeEmpty();
        (good.Measures.Sections, good.Measures.ExtractionFidelity, good.Measures.AnswerRecall, good.Measures.Derivation).ShouldBe((1, 1, 1, 1));
        good.Measures.AnswerFidelity.ShouldBe(0.8, 1e-9);

        // Each side is held against the record, each fault told once.
        Kinds(sample, text.Replace("Creatinine 2.1", "Creatinine 3.9", StringComparison.Ordinal)).ShouldBe([GroundingFaultKind.WrongValue]);
        Kinds(sample, text.Replace("Potassium 4 mEq/L", "Potassium 4 mg/dL", StringComparison.Ordinal)).ShouldBe([GroundingFaultKind.WrongUnit]);
        Kinds(sample, text.Replace("\n0.2", "\n0.7", StringComparison.Ordinal)).ShouldBe([GroundingFaultKind.WrongItem]);
        Kinds(sample, text.Replace("\n0.2", "\nhard to say", StringComparison.Ordinal).Replace("about 15 % do not", "few do not", StringComparison.Ordinal)).ShouldBe([GroundingFaultKind.NoFinalItem]);
        Kinds(sample, text[..text.IndexOf("## Probability", StringComparison.Ordinal)]).ShouldBe([GroundingFaultKind.MissingSection, GroundingFaultKind.NoFinalItem], ignoreOrder: true);
    }

    private static List<GroundingFaultKind> Kinds(Tasks.Sample sample, string text) =>
        [.. new GroundingCheck().Check(sample, null, ChainParser.Parse(text, ChainTemplates.Get("two-sided@1"))).Faults.Select(f => f.Kind)];
}
