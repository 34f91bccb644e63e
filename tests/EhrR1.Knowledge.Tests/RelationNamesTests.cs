namespace EhrR1.Knowledge.Tests;

public sealed class RelationNamesTests
{
    [Theory]
    [InlineData("treats", "is treated by")]
    [InlineData("is treated by", "treats")]
    [InlineData("MAY_TREAT", "may be treated by")]
    [InlineData("may be treated by", "may treat")]
    [InlineData("isa", "inverse isa")]
    [InlineData("inverse_isa", "isa")]
    [InlineData("finding site of", "has finding site")]
    [InlineData("resembles", "resembles")]
    [InlineData("presents", "is a symptom of")]
    [InlineData("is a symptom of", "has symptom")]
    // By rule.
    [InlineData("has odd thing", "odd thing of")]
    [InlineData("odd thing of", "has odd thing")]
    [InlineData("is odd thing of", "has odd thing")]
    [InlineData("inverse odd thing", "odd thing")]
    [InlineData("Pumps", "is the object of \"Pumps\" from")]
    [InlineData("of", "is the object of \"of\" from")]
    public void Reversed_Name_ReadsTheOtherWay(string relation, string expected) => RelationNames.Reversed(relation).ShouldBe(expected);

    [Fact]
    public void Walked_Forward_IsTheNameItself() => RelationNames.Walked("Pumps", isReversed: false).ShouldBe("Pumps");

    [Fact]
    public void Reversed_RelationsOfTheOpenKnowledge_AreAllInTheTable()
    {
        using var built = new BuiltTerminology(new TableSource(RealData.Knowledge()));
        for (int kind = 0; kind < built.Store.RelationNameCount; kind++)
            RelationNames.Reversed(built.Store.RelationName(kind)).ShouldNotContain("is the object of");
    }
}
