namespace EhrR1.Knowledge.Tests;

/// <summary>The open knowledge that the built-in description is for.</summary>
public sealed class OpenKnowledgeTests
{
    [Fact]
    public void Write_OpenKnowledge_HoldsDiseasesDrugsAndTheirRelations()
    {
        using var built = new BuiltTerminology(new TableSource(RealData.Knowledge()));
        var store = built.Store;
        // 12,296 diseases, 1,552 drugs of Hetionet, their classes, symptoms and sites.
        store.ConceptCount.ShouldBeGreaterThan(15_000);
        built.Facts.Relations.ShouldBeGreaterThan(31_000);
        int diabetes = store.FindExact("Type 2 diabetes mellitus").ShouldHaveSingleItem();
        store.Id(diabetes).ShouldBe("DOID:9352");
        store.NamesOf(diabetes).ShouldContain("type ii diabetes mellitus");
        store.Find(new ConceptCode("ICD10CM", "E11")).ShouldContain(diabetes);
        int metformin = store.FindExact("METFORMIN").ShouldHaveSingleItem();
        store.Id(metformin).ShouldBe("DRUGBANK:DB00331");
        store.RelationsFrom(metformin).ToArray().ShouldContain(r => r.Concept == diabetes && store.RelationName(r.Kind) == "treats");
        store.RelationsTo(diabetes).ToArray().ShouldContain(r => r.Concept == metformin);
        store.Names.Find("type 2 diabetes melitus", SimilarityThreshold.Default).Select(m => store.Names.Name(m.Name)).ShouldContain("type 2 diabetes mellitus");
    }

    [Fact]
    public void Facts_OpenKnowledge_AreTheReviewedOnes()
    {
        using var built = new BuiltTerminology(new TableSource(RealData.Knowledge()));
        var facts = built.Facts;
        var lines = new List<string>
        {
            $"concepts {facts.Concepts}", $"names {facts.Names}", $"concept names {facts.ConceptNames}", $"codes {facts.Codes}",
            $"definitions {facts.Definitions}", $"relations {facts.Relations}", $"merged {facts.Merged}",
        };
        lines.AddRange(facts.LeftOut.Select(p => $"left out: {p.Key} {p.Value}"));
        lines.AddRange(facts.Licences.Select(l => $"licence: {l}"));
        lines.AddRange(Enumerable.Range(0, built.Store.ConceptCount).SelectMany(c => built.Store.RelationsFrom(c).ToArray())
            .GroupBy(r => built.Store.RelationName(r.Kind), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"relation: {g.Key} {g.Count()}"));
        Snapshot.ShouldMatch(string.Concat(lines.Select(l => l + "\n")), "OpenKnowledge.expected.txt");
    }
}
