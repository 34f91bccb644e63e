using System.Text;
using System.Text.Json;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>What the check knows of the relations that terminologies have and that the narrator says.</summary>
public sealed class KnownRelationsTests
{
    private static readonly PhraseTable _table = ChainRules.BuiltIn.RelationTable;

    /// <summary>Every relation of the built-in terminologies: the clinical basics', those that the open tables name, and all that have a name for their inverse.</summary>
    public static TheoryData<string> Relations()
    {
        var names = Json("relation-names.json");
        var tables = Json("sources.json").GetProperty("tables").EnumerateArray().SelectMany(t => t.TryGetProperty("relations", out var r) ? r.EnumerateArray() : []);
        var basics = new RelationsAlone();
        new ClinicalBasics().Read(basics, null, TestContext.Current.CancellationToken);
        var all = new SortedSet<string>(basics.Names, StringComparer.Ordinal);
        all.UnionWith(names.GetProperty("pairs").EnumerateArray().SelectMany(p => p.EnumerateArray()).Concat(names.GetProperty("symmetric").EnumerateArray()).Select(n => n.GetString()!));
        foreach (var relation in tables)
        {
            if (relation.TryGetProperty("relation", out var name))
                all.Add(name.GetString()!);
            if (relation.TryGetProperty("names", out var of))
                all.UnionWith(of.EnumerateObject().Select(p => p.Value.GetString()!));
        }

        return [.. all];
    }

    [Fact]
    public void Relations_OfTheClinicalBasics_AreThere()
    {
        var all = Relations().Select(r => r.Data).ToList();
        all.Count.ShouldBeGreaterThan(150);
        new[] { "is risk factor for", "is sign of", "may result from", "is raised in", "is lowered in", "is seen in", "is history of", "is use of", "is positive after" }.ShouldBeSubsetOf(all);
    }

    [Theory, MemberData(nameof(Relations))]
    public void Match_RelationBothWays_IsKnownAndEachTheOthersInverse(string relation)
    {
        int walked = CodeOf(RelationNames.Walked(relation, isReversed: false)), back = CodeOf(RelationNames.Walked(relation, isReversed: true));
        // Loose wordings, and relations that read the same both ways, have no direction to get wrong.
        (walked == RelationWording.Loose || back == RelationWording.Loose || walked / 2 == back / 2).ShouldBeTrue($"{relation}: {walked}, {back}");
        if (walked >= 0 && back >= 0 && RelationNames.Reversed(relation) != relation)
            walked.ShouldBe(back ^ 1, relation);
    }

    [Fact]
    public void Match_EachPhraseOfTheNarrator_IsItsRelation()
    {
        foreach (var relation in RelationPhrases.BuiltIn.Known)
        {
            foreach (var phrase in RelationPhrases.BuiltIn.Of(relation, isToSeveral: false).Concat(RelationPhrases.BuiltIn.Of(relation, isToSeveral: true)))
            {
                foreach (var said in new[] { phrase, RelationPhrases.OfSeveral(phrase) })
                    CodeOf(said).ShouldBeOneOf([CodeOf(relation), RelationWording.Loose], $"{relation}: {said}");
            }
        }
    }

    private static int CodeOf(string wording)
    {
        var words = ChainWord.Read(wording);
        _table.Match(words, 0, out int code).ShouldBe(words.Length, $"The check does not know \"{wording}\".");
        return code;
    }

    private static JsonElement Json(string resource)
    {
        using var stream = typeof(RelationNames).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }

    private sealed class RelationsAlone : ITerminologyIntake
    {
        public HashSet<string> Names { get; } = [];

        public void Name(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> name, int rank)
        {
        }

        public void SemanticType(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> type)
        {
        }

        public void Definition(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> text)
        {
        }

        public void Code(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> vocabulary, ReadOnlySpan<byte> code)
        {
        }

        public void Relation(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> relation, ReadOnlySpan<byte> @object, bool byName) => Names.Add(Encoding.UTF8.GetString(relation));

        public void LeftOut(string why)
        {
        }
    }
}
