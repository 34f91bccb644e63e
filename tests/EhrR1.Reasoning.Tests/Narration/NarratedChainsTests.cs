using EhrR1.Knowledge;
using EhrR1.Tasks;
using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Narration;

/// <summary>Narrated chains as the program's own parser, filter and check read them.</summary>
public sealed class NarratedChainsTests
{
    private static readonly GroundingCheck _check = new(Vocabulary());

    public static TheoryData<string> Tasks => [.. WardCases.All().Select(c => c.Sample.Task.Name)];

    [Theory, MemberData(nameof(Tasks))]
    public void Check_EveryNarratedChain_HasNoFault(string task)
    {
        var (sample, graph) = WardCases.All().First(c => c.Sample.Task.Name == task);
        for (int variant = 0; variant < 12; variant++)
        {
            var chain = new Narrator().Tell(sample, graph, variant)!;
            var parsed = ChainParser.Parse(chain);
            parsed.Faults.ShouldBe(ChainFault.None);
            parsed.Steps.ShouldNotBeEmpty();
            var filter = PublishedFilter.Check(parsed, sample.Labels);
            (filter.Missing.Count, filter.Extra.Count, filter.GroundTruth, filter.NearWordings).ShouldBe((0, 0, 0, 0));
            var result = _check.Check(sample, graph, parsed);
            result.Faults.ShouldBeEmpty(chain.Chain);
            result.Measures.ExtractionFidelity.ShouldBe(1);
            result.Measures.Derivation.ShouldBe(1);
            result.Measures.AnswerFidelity.ShouldBe(1);
        }
    }

    [Fact]
    public void Parse_NarratedChain_FindsEachEventAndItem()
    {
        foreach (var (sample, graph) in WardCases.All())
        {
            var chain = new Narrator().Tell(sample, graph)!;
            var read = new ChainReading(chain.Chain);
            var parsed = ChainParser.Parse(chain);
            parsed.Events.Select(e => e.Name).ShouldBe(read.Cited.Select(c => c.Name));
            parsed.FinalItems.Select(i => i.Text).ShouldBe(read.Items.Select(i => i.ToLowerInvariant()), ignoreOrder: true);
        }
    }

    [Fact]
    public void Check_EachPhraseOfEachRelation_SaysThatRelationAndNoOther()
    {
        foreach (var relation in RelationPhrases.BuiltIn.Known)
        {
            foreach (var phrase in RelationPhrases.BuiltIn.Of(relation, isToSeveral: false).Concat(RelationPhrases.BuiltIn.Of(relation, isToSeveral: true)))
            {
                var sample = Ward.Sample("emar", "Furosemide");
                var graph = Ward.Graph(sample, (WardCases.Sepsis, "Furosemide", $"Sepsis > {relation} > Furosemide"));
                foreach (var said in new[] { phrase, RelationPhrases.OfSeveral(phrase) })
                {
                    var text = $"## Extraction\n**ED Diagnoses on International Classification of Diseases [2150-03-10 03:00:00]**: It holds \"Sepsis, unspecified organism\"; this matters.\n\n## Reasoning\nSepsis {said} Furosemide.\n\n## Final Results\nFurosemide";
                    _check.Check(sample, graph, ChainParser.Parse(text, ChainTemplates.Get("with-knowledge"))).Faults.ShouldBeEmpty($"{relation}: {said}");
                }
            }
        }
    }

    private static GroundingVocabulary Vocabulary()
    {
        var vocabulary = new GroundingVocabulary();
        foreach (var (sample, graph) in WardCases.All())
        {
            vocabulary.Add(graph);
            foreach (var label in sample.Labels)
                vocabulary.AddItem(Charts.EventCatalog.Get(sample.Task.AnchorEvent!), label);
        }

        return vocabulary;
    }
}
