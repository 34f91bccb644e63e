using EhrR1.Charts;

namespace EhrR1.Reasoning.Tests;

public sealed class ChainDressTests
{
    private const string Good = "## Extraction\n**Medrecon [2171-06-06 21:24:00]**: lasix.\n\n## Reasoning\nLasix may treat Heart failure.\n\n## Final Results\nFurosemide";

    [Theory]
    [InlineData("as asked", Good)]
    [InlineData("fences", "```markdown\n" + Good + "\n```")]
    [InlineData("a greeting and fences", "Sure, here it is:\n\n```md\n" + Good + "\n```")]
    [InlineData("thinking before it", "<think>\nLet me see. What matters?\n</think>\n\n" + Good)]
    [InlineData("inside think tags", "<think>\n" + Good + "\n</think>")]
    [InlineData("thinking never closed", "<think>\n" + Good)]
    public void Of_DressedChain_IsTheChainAsAskedFor(string dress, string text) => ChainText.Of(Parse(text)).ShouldBe(Good, dress);

    [Theory]
    [InlineData("# Extraction", "# Reasoning", "# Final Results")]
    [InlineData("#### Extraction:", "#### Reasoning:", "#### Final Results:")]
    [InlineData("**Extraction**", "**Reasoning**", "**Final Results**")]
    [InlineData("1. Extraction", "2. Clinical Reasoning", "3. Final Answer")]
    public void Of_OtherHeadings_AreThoseOfTheTemplate(string extraction, string reasoning, string final)
    {
        var text = Good.Replace("## Extraction", extraction, StringComparison.Ordinal).Replace("## Reasoning", reasoning, StringComparison.Ordinal).Replace("## Final Results", final, StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        ChainText.Of(Parse(text)).ShouldBe(Good);
    }

    [Fact]
    public void Of_WhatItWrote_IsTheSameAgain()
    {
        foreach (var text in new[] { Good, "## Summary\nS\n## Reasoning\nR", "## Final Results\n```\nA\n```" })
        {
            var once = ChainText.Of(Parse(text));
            ChainText.Of(Parse(once)).ShouldBe(once);
            Parse(once).FinalItems.Select(i => i.Text).ShouldBe(Parse(text).FinalItems.Select(i => i.Text));
            once.ShouldNotContain("think>");
        }
    }

    [Theory]
    [InlineData("with-knowledge", Good, "Furosemide")]
    [InlineData("two-sided", "## Evidence for\nE.\n## Evidence against\nA.\n## Probability\nHence 0.7", "0.7")]
    [InlineData("unformatted", "Lasix may treat Heart failure. Therefore, the answer is\nFurosemide", "Furosemide")]
    public void WithoutAnswer_EachTemplate_LeavesOutTheSectionThatSaysIt(string template, string text, string answer)
    {
        var chain = ChainParser.Parse(text, ChainTemplates.Get(template));
        var rest = ChainText.WithoutAnswer(chain);
        rest.ShouldNotContain(answer);
        rest.ShouldNotBeEmpty();
        ChainText.Of(chain).ShouldContain(answer);
    }

    [Fact]
    public void Parse_TitlesFromElsewhere_AreReadAsTheTemplatesSections()
    {
        const string text = "## Findings\nF.\n## Why\nW.\n## Orders\nFurosemide";
        Parse(text).Faults.ShouldBe(ChainFault.OtherSections);
        PublishedFilter.Check(Parse(text), ["Furosemide"]).Missing.Count.ShouldBe(3);

        var titles = ChainTitles.Parse(["Findings=Extraction", "## Why: = reasoning", "Orders=Final Answer"]);
        var chain = ChainParser.Parse(text, titles.Of(ChainTemplates.Get("")));
        chain.Faults.ShouldBe(ChainFault.None);
        chain.Sections.Select(s => s.Name).ShouldBe(["Extraction", "Reasoning", "Final Results"]);
        PublishedFilter.Check(chain, ["Furosemide"]).Passes.ShouldBeTrue();
        // The template of others stays as it is.
        Parse(text).Faults.ShouldBe(ChainFault.OtherSections);
    }

    [Theory]
    [InlineData("Findings")]
    [InlineData("=Extraction")]
    [InlineData("Findings=Nowhere")]
    [InlineData("")]
    public void ParseTitles_WhatIsNone_SaysWhichSectionsThereAre(string text) =>
        Should.Throw<EhrR1Exception>(() => ChainTitles.Parse([text])).Message.ShouldContain("Evidence against");

    private static ParsedChain Parse(string text) => ChainParser.Parse(text, ChainTemplates.Get(""));
}
