namespace EhrR1.Reasoning.Tests.Chains;

/// <summary>What of a teacher's text is the chain.</summary>
public sealed class ChainTextTests
{
    private const string Chain = "## Extraction\n**Medrecon [None]**: lasix.\n\n## Reasoning\nIt follows.\n\n## Final Results\nDigoxin";

    [Theory]
    [InlineData(Chain)]
    [InlineData("Sure! Here is my analysis.\n\n" + Chain)]
    [InlineData("<think>\nI should look at the drugs first. ## Extraction comes later.\n</think>\n\n" + Chain)]
    [InlineData("<think>\n" + Chain + "\n</think>\n\nDigoxin")]
    [InlineData("```\n" + Chain + "\n```")]
    [InlineData("# Extraction\n**Medrecon [None]**: lasix.\n# Reasoning:\nIt follows.\n# Final Results\n\nDigoxin\n")]
    [InlineData("**Extraction**\n**Medrecon [None]**: lasix.\r\n**Reasoning**\r\nIt follows.\r\n**Final Results**\r\nDigoxin\r\n")]
    public void Of_TextsDressedInManyWays_IsOneForm(string text) => ChainText.Of(ChainParser.Parse(text, ChainTemplates.Get("with-knowledge"))).ShouldBe(Chain);

    [Fact]
    public void Of_ChainWithoutHeadings_KeepsItsWording()
    {
        const string Text = "The patient takes lasix, so the heart fails. Therefore, the answer is:\nDigoxin";
        ChainText.Of(ChainParser.Parse("<think>x</think>" + Text, ChainTemplates.Get("unformatted"))).ShouldBe(Text);
    }
}
