using EhrR1.Reasoning;

namespace EhrR1.Training.Tests;

public sealed class PublishedFormatTests
{
    private static readonly ChainTemplate _template = ChainTemplates.Get(ChainTemplates.Default);

    [Theory]
    [InlineData("as published", true, "", "")]
    [InlineData("space in front", true, "<think>", "\n <think>")]
    [InlineData("heading of another level", true, "## Extraction", "### Extraction")]
    [InlineData("single item", true, "Spironolactone\nDigoxin\u0001", "Digoxin")]
    [InlineData("empty answer", true, "Spironolactone\nDigoxin\u0001", "")]
    [InlineData("empty lines in the answer", true, "Spironolactone\nDigoxin\u0001", "Spironolactone\n\n\n  \nDigoxin\n")]
    [InlineData("no opening tag", false, "<think>\n", "")]
    [InlineData("no closing tag, cut off", false, "\n</think>\n\n", "\n")]
    [InlineData("no tags", false, "<think>\n|\n</think>\n\n", "")]
    [InlineData("words before the thinking", false, "<think>", "Sure.\n<think>")]
    [InlineData("no extraction", false, "## Extraction", "## Extracts")]
    [InlineData("no reasoning", false, "## Reasoning", "")]
    [InlineData("no results", false, "## Final Results", "Final Results")]
    [InlineData("headings within a sentence", false, "## Reasoning", "what ## Reasoning")]
    [InlineData("headings behind the thinking", false, "## Final Results\nSpironolactone\nDigoxin\n</think>", "</think>\n## Final Results")]
    [InlineData("repeated line", false, "Spironolactone\nDigoxin\u0001", "Digoxin\nSpironolactone\nDigoxin")]
    [InlineData("repeated line in another case", false, "Spironolactone\nDigoxin\u0001", "Digoxin\n digoxin ")]
    [InlineData("repeated line behind an escaped break", false, "Spironolactone\nDigoxin\u0001", "Digoxin\\nDigoxin")]
    [InlineData("two thinkings", false, "</think>", "</think>\n<think>\n\n</think>")]
    [InlineData("thinking opened again in the answer", false, "Spironolactone\nDigoxin\u0001", "Digoxin\n<think>")]
    [InlineData("opened twice", false, "<think>", "<think><think>")]
    public void IsMet_Decision_AsThePublishedRuleSays(string way, bool expected, string old, string with)
    {
        // The sign marks the completion's end.
        var text = Rewarded.Completion() + "\u0001";
        foreach (var part in old.Split('|'))
        {
            text.ShouldContain(part, customMessage: way);
            text = part.Length == 0 ? text : text.Replace(part, with, StringComparison.Ordinal);
        }

        PublishedFormat.IsMet(text.Replace("\u0001", "", StringComparison.Ordinal), _template, isRisk: false).ShouldBe(expected, way);
    }

    [Theory]
    [InlineData("<think>\n\n</think>\n\nyes", true)]
    [InlineData("<think></think>no", true)]
    [InlineData("<think>\n\n</think>\n\n Yes \n", true)]
    [InlineData("<think>\n\n</think>\n\nyes.", false)]
    [InlineData("<think>\n\n</think>\n\nyes\nyes", false)]
    [InlineData("<think>\n\n</think>\n\nyes\nno", false)]
    [InlineData("<think>\n\n</think>\n\n", false)]
    [InlineData("<think>\nmaybe\n</think>\n\nyes", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData("</think>yes", false)]
    public void IsMet_Risk_AsksForAnEmptyThinkingAndOneWord(string completion, bool expected) => PublishedFormat.IsMet(completion, null, isRisk: true).ShouldBe(expected);

    [Fact]
    public void IsMet_RiskWithTwoSides_AsksForTheirHeadings()
    {
        var template = ChainTemplates.Get("two-sided");
        const string thinking = "<think>\n## Evidence for\na\n## Evidence against\nb\n## Probability\n0.3\n</think>\n\nno";
        PublishedFormat.IsMet(thinking, template, isRisk: true).ShouldBeTrue();
        PublishedFormat.IsMet(thinking.Replace("## Evidence against", "", StringComparison.Ordinal), template, isRisk: true).ShouldBeFalse();
    }
}
