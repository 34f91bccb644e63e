namespace EhrR1.Reasoning.Tests;

public sealed class CaseTextTests
{
    [Fact]
    public void Question_OfBothKinds_EndsInItsSwitch()
    {
        CaseText.Question("Will it rain?", thinks: true).ShouldBe("\nWill it rain?\n/think");
        CaseText.Question("Will it rain?", thinks: false).ShouldBe("\nWill it rain?\n/no_think");
    }

    [Fact]
    public void Answer_OfBothKinds_StandsBehindItsThinkBlock()
    {
        CaseText.DirectAnswer("Lab\nMedications").ShouldBe("<think>\n\n</think>\n\nLab\nMedications");
        CaseText.ReasonedAnswer("## Extraction\n…", "Lab").ShouldBe("<think>\n## Extraction\n…\n</think>\n\nLab");
        CaseText.System.ShouldBe("You are a helpful assistant.");
    }
}
