using CsCheck;

namespace EhrR1.Reasoning.Tests;

public sealed class ChainParserTests
{
    private const string Plain = """
        ## Extraction
        **Labotary Test Events [2171-06-06 20:37:00]**: Sodium was 117.0 mEq/L; Hemoglobin 10.9 g/dL.
        **Medrecon [2171-06-06 21:24]**: lasix and "xifaxan".

        ## Reasoning
        1. Lasix may treat Heart failure. It is a loop diuretic, e.g. for edema.
        2. A sodium of 117 suggests Hyponatremia.

        ## Final Results
        - Hyponatremia
        - Heart failure
        """;

    private static readonly string[] _pieces = ["## Extraction\n", "## Final Results\n", "**Medrecon [2171-06-06 21:24:00]**:", "lasix", " 5", "mg", "\n", "**", "\"", "[None]", "–>", ".", "1. ", "#", "<think>", "</think>", "，", "\r\n", "|", "[", " is a ", "-", "2171-06-06"];

    [Fact]
    public void Parse_PlainChain_ReadsAllParts()
    {
        var chain = Parse(Plain);
        chain.Faults.ShouldBe(ChainFault.None);
        chain.Sections.Select(s => s.Kind).ShouldBe([ChainSectionKind.Extraction, ChainSectionKind.Reasoning, ChainSectionKind.FinalResults]);
        chain.Events.Select(e => (e.Name, e.Time, e.Precision)).ShouldBe(
        [
            ("Labotary Test Events", new DateTime(2171, 6, 6, 20, 37, 0), TimeSpan.FromSeconds(1)),
            ("Medrecon", new DateTime(2171, 6, 6, 21, 24, 0), TimeSpan.FromMinutes(1)),
        ]);
        chain.TextOf(chain.Events[0].Said).ShouldBe("Sodium was 117.0 mEq/L; Hemoglobin 10.9 g/dL.");
        chain.TextOf(chain.Events[1].Span).ShouldBe("Medrecon [2171-06-06 21:24]**");
        chain.Quotes.Select(q => (q.Event, chain.TextOf(q.Item), q.Value, chain.TextOf(q.Unit))).ShouldBe(
            [(0, "Sodium", 117, "mEq/L"), (0, "Hemoglobin", 10.9, "g/dL"), (1, "xifaxan", double.NaN, ""), (-1, "sodium", 117, "")]);
        chain.Steps.Select(s => chain.TextOf(s.Span)).ShouldBe(
            ["1. Lasix may treat Heart failure.", "It is a loop diuretic, e.g. for edema.", "2. A sodium of 117 suggests Hyponatremia."]);
        chain.Steps[0].Concepts.Select(chain.TextOf).ShouldBe(["1. Lasix", "Heart failure"]);
        chain.FinalItems.Select(i => (i.Text, chain.TextOf(i.Span))).ShouldBe([("hyponatremia", "Hyponatremia"), ("heart failure", "Heart failure")]);
    }

    [Theory]
    [InlineData("other levels", "### Extraction\nE\n### Reasoning\nR\n### Final Results\nAspirin")]
    [InlineData("one hash and none behind", "# Extraction #\nE\n# Reasoning #\nR\n# Final Results #\nAspirin")]
    [InlineData("bold", "**Extraction**\nE\n\n**Reasoning:**\nR\n\n**Final Results**:\nAspirin")]
    [InlineData("numbers", "## 1. Extraction\nE\n## 2. Reasoning\nR\n## 3. Final Results\nAspirin")]
    [InlineData("steps", "### Step 1: Extraction\nE\n### Step 2: Reasoning\nR\n### Step 3: Final Results\nAspirin")]
    [InlineData("roman numbers", "## I. Extraction\nE\n## II. Reasoning\nR\n## III. Final Results\nAspirin")]
    [InlineData("bold in hashes", "## **Extraction**\nE\n## **Reasoning**\nR\n## **Final Results:**\nAspirin")]
    [InlineData("inline", "Extraction: E\nReasoning: R\nFinal Results: Aspirin")]
    [InlineData("inline and bold", "**Extraction:** E\n**Reasoning:** R\n**Final Results:** Aspirin")]
    [InlineData("fence", "```markdown\n## Extraction\nE\n## Reasoning\nR\n## Final Results\nAspirin\n```")]
    [InlineData("tags", "<think>\n## Extraction\nE\n## Reasoning\nR\n## Final Results\nAspirin\n</think>\n\nSomething else")]
    [InlineData("thinking before", "<think>\nWhat is asked for?\n</think>\n## Extraction\nE\n## Reasoning\nR\n## Final Results\nAspirin")]
    [InlineData("capitals", "## EXTRACTION\nE\n## REASONING\nR\n## FINAL RESULTS\nAspirin")]
    [InlineData("line ends", "## Extraction\r\nE\r\n## Reasoning\r\nR\r\n## Final Results\r\nAspirin\r\n")]
    [InlineData("brackets", "【Extraction】\nE\n【Reasoning】\nR\n【Final Results】\nAspirin")]
    [InlineData("bullets", "- **Extraction**:\nE\n- **Reasoning**:\nR\n- **Final Results**:\n* Aspirin")]
    [InlineData("subheadings", "## Extraction\n### Laboratory\nE\n**Drugs**\nE\n## Reasoning\n#### Aspirin\nR\n## Final Results\nAspirin")]
    [InlineData("other titles", "## Extracted Information\nE\n## Clinical Reasoning\nR\n## Final Answer\nAspirin")]
    public void Parse_DressedChain_FindsTheSectionsAndTheItem(string dress, string text)
    {
        var chain = Parse(text);
        chain.Sections.Select(s => s.Name).ShouldBe(["Extraction", "Reasoning", "Final Results"], dress);
        chain.FinalItems.Select(i => i.Text).ShouldBe(["aspirin"], dress);
        PublishedFilter.Check(chain, ["Aspirin"]).Passes.ShouldBeTrue(dress);
    }

    [Theory]
    [InlineData("**Medrecon [2171-06-06 21:24:00]**: lasix")]
    [InlineData("- **Medrecon** [2171-06-06 21:24:00]: lasix")]
    [InlineData("* Medrecon [2171-06-06T21:24:00] – lasix")]
    [InlineData("1. **Medrecon (2171-06-06 21:24:00)**: lasix")]
    [InlineData("### Medrecon [2171-06-06 21:24:00]\nlasix")]
    [InlineData("• `Medrecon [2171-06-06 21:24:00]`: lasix")]
    [InlineData("**Medrecon [2171-06-06 21:24:00]**\n  - lasix")]
    [InlineData("Medrecon at 2171-06-06 21:24:00: lasix", "Medrecon at")]
    public void Parse_CitedEvent_ReadsNameTimeAndWhatIsSaid(string line, string name = "Medrecon")
    {
        var chain = Parse($"## Extraction\n{line}\n## Reasoning\nR.\n## Final Results\nA");
        if (name != "Medrecon")
        {
            // Without brackets only a name that charts have is taken for one.
            chain.Events.ShouldBeEmpty();
            return;
        }

        var cited = chain.Events.ShouldHaveSingleItem();
        cited.Name.ShouldBe(name);
        cited.Time.ShouldBe(new DateTime(2171, 6, 6, 21, 24, 0));
        chain.TextOf(cited.Said).Trim('-', ' ').ShouldBe("lasix");
        chain.Sections.Count.ShouldBe(3);
    }

    [Fact]
    public void Parse_EventMentionedInASentence_IsCitedWithoutText()
    {
        var chain = Parse("## Reasoning\nThe drop (Labotary Test Events [2171-06-06 20:37:00]) and the demographics, Patient Demographics [None], matter.\n## Final Results\nA");
        chain.Events.Select(e => (e.Name, e.Said.Length)).ShouldBe([("Labotary Test Events", 0), ("Patient Demographics", 0)]);
        chain.Events[1].Time.ShouldBeNull();
    }

    [Theory]
    [InlineData("potassium 1,170.5 mmol/L", "potassium", 1170.5, "mmol/L")]
    [InlineData("a lactate of 2.3", "lactate", 2.3, "")]
    [InlineData("base excess: -4 mEq/L", "base excess", -4, "mEq/L")]
    [InlineData("Platelet Count (73 K/uL)", "Platelet Count", 73, "K/uL")]
    [InlineData("Dopamine = 5mcg/kg/min", "Dopamine", 5, "mcg/kg/min")]
    [InlineData("O2Sat 97 %", "O2Sat", 97, "%")]
    public void Parse_QuotedNumber_ReadsItemValueAndUnit(string said, string item, double value, string unit)
    {
        var chain = Parse($"## Extraction\n**Chart Events [2171-06-06 21:24:00]**: {said}\n## Reasoning\nR.\n## Final Results\nA");
        var quote = chain.Quotes.ShouldHaveSingleItem();
        (chain.TextOf(quote.Item), quote.Value, chain.TextOf(quote.Unit)).ShouldBe((item, value, unit));
    }

    [Theory]
    [InlineData("Vitamin B12 is low")]
    [InlineData("within 48 hours")]
    [InlineData("Type 2 diabetes")]
    [InlineData("stage 3 disease")]
    [InlineData("on 2171-06-06 at 20:37")]
    [InlineData("1. first")]
    [InlineData("25-hydroxy vitamin D")]
    [InlineData("a 3-fold rise")]
    public void Parse_NumberThatQuotesNothing_IsLeftOut(string said) =>
        Parse($"## Extraction\n**Chart Events [2171-06-06 21:24:00]**: x\n{said}\n## Reasoning\nR.\n## Final Results\nA").Quotes.ShouldBeEmpty();

    [Theory]
    [InlineData("“lasix”")]
    [InlineData("„lasix“")]
    [InlineData("« lasix »")]
    [InlineData("「lasix」")]
    [InlineData("`lasix`")]
    [InlineData("**lasix**")]
    public void Parse_QuotesOfAnyLanguage_GiveTheTextBetween(string said)
    {
        var chain = Parse($"## Extraction\n**Medrecon [2171-06-06 21:24:00]**: takes {said} daily\n## Reasoning\nR.\n## Final Results\nA");
        chain.TextOf(chain.Quotes.ShouldHaveSingleItem().Item).ShouldBe("lasix");
    }

    [Fact]
    public void Parse_TwoSided_ReadsEvidenceAndProbability()
    {
        var chain = ChainParser.Parse("## Evidence for\n**Triage [2171-06-06 19:57:01]**: Acuity 1\n## Evidence against\n- none\n## Probability\nAbout 35%.", ChainTemplates.Get("two-sided@1"));
        chain.Faults.ShouldBe(ChainFault.None);
        chain.Probability.ShouldBe(0.35);
        chain.FinalItems.Single().Text.ShouldBe("no");
        chain.Events.ShouldHaveSingleItem();
        PublishedFilter.Check(chain, ["no"]).Passes.ShouldBeTrue();
        PublishedFilter.Check(chain, ["yes"]).AnswerShare.ShouldBe(0);
    }

    [Fact]
    public void Parse_Unformatted_ReadsWhatFollowsTheWording()
    {
        var chain = ChainParser.Parse("Lasix may treat Heart failure. Therefore, the answer is:\nFurosemide\nPotassium Chloride", ChainTemplates.Get("unformatted"));
        chain.Faults.ShouldBe(ChainFault.None);
        chain.FinalItems.Select(i => i.Text).ShouldBe(["furosemide", "potassium chloride"]);
        chain.Steps.ShouldHaveSingleItem();
        PublishedFilter.Check(chain, ["Furosemide", "Potassium Chloride"]).Passes.ShouldBeTrue();
    }

    [Theory]
    [InlineData("a bc ")]
    [InlineData("## Reasoning\n")]
    [InlineData("**Medrecon [2171-06-06 21:24:00]**: lasix 5 mg\n")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("[")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData("((((1.5 mg/")]
    [InlineData("Sodium was 117.0 mEq/L, ")]
    public async Task Parse_AMegabyteOfRepetitions_Ends(string piece)
    {
        var text = "## Extraction\n" + string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        // What grew with the square of the length would take hours: whoever waits for it stops the tests, on a slow machine as on a fast one.
        var parsed = await Task.Run(() => Parse(text), TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);
        parsed.Text.Length.ShouldBe(text.Length);
    }

    [Fact]
    public void Parse_AnyText_GivesPlacesInsideIt() => Gen.Int[0, 22].Select(i => _pieces[i]).Array[0, 40].Sample(
        pieces =>
        {
            var text = string.Concat(pieces);
            foreach (var template in ChainTemplates.All)
            {
                var chain = ChainParser.Parse(text, template);
                var all = new TextSpan(0, text.Length);
                var spans = chain.Sections.SelectMany(s => new[] { s.Heading, s.Body }).Concat(chain.Events.SelectMany(e => new[] { e.Span, e.Said }))
                    .Concat(chain.Quotes.SelectMany(q => new[] { q.Item, q.Number, q.Unit })).Concat(chain.Steps.SelectMany(s => s.Concepts.Append(s.Span))).Concat(chain.FinalItems.Select(i => i.Span));
                spans.Where(s => !all.Holds(s) || s.Length < 0).ShouldBeEmpty();
                PublishedFilter.Check(chain, ["lasix"]).AnswerShare.ShouldBeInRange(0, 1);
            }
        },
        iter: 2000);

    private static ParsedChain Parse(string text) => ChainParser.Parse(text, ChainTemplates.Get(""));
}
