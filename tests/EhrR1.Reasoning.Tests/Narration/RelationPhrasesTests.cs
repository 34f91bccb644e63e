using EhrR1.Knowledge;
using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Narration;

public sealed class RelationPhrasesTests
{
    [Fact]
    public void Of_InverseOfEveryKnownRelation_IsSaidToo()
    {
        foreach (var relation in RelationPhrases.BuiltIn.Known.Where(r => r is not ("causes" or "caused by")))
            RelationPhrases.BuiltIn.Of(RelationNames.Walked(relation, isReversed: true), isToSeveral: false)[0].ShouldNotContain("object of", Case.Sensitive, relation);
    }

    [Fact]
    public void Of_KnownRelations_AreVerbs()
    {
        foreach (var phrase in RelationPhrases.BuiltIn.Known.SelectMany(r => RelationPhrases.BuiltIn.Of(r, isToSeveral: false).Concat(RelationPhrases.BuiltIn.Of(r, isToSeveral: true))))
            phrase.ShouldMatch("^(may|can|[a-z-]+s) ?[a-z -]*$");
    }

    [Theory]
    [InlineData("has finding site", "has finding site")]
    [InlineData("finding site of", "is the finding site of")]
    [InlineData("physiologic_effect_of", "is the physiologic effect of")]
    [InlineData("mapped to", "is mapped to")]
    [InlineData("used by", "is used by")]
    [InlineData("uses device", "uses device")]
    [InlineData("may inhibit effect of", "may inhibit effect of")]
    [InlineData("transmits", "transmits")]
    [InlineData("frobnicate", "has the relation frobnicate to")]
    [InlineData("is the object of \"tests\" from", "is the object of tests from")]
    public void Of_UnknownRelation_IsStillAVerb(string relation, string said) => RelationPhrases.BuiltIn.Of(relation, isToSeveral: false).ShouldBe([said]);

    [Theory]
    [InlineData("is raised in", "are raised in")]
    [InlineData("has as a risk factor", "have as a risk factor")]
    [InlineData("treats", "treat")]
    [InlineData("may treat", "may treat")]
    [InlineData("relieves", "relieve")]
    [InlineData("belongs to the class", "belong to the class")]
    public void OfSeveral_Phrase_AgreesWithAPlural(string phrase, string plural) => RelationPhrases.OfSeveral(phrase).ShouldBe(plural);
}
