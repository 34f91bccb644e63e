using CsCheck;
using EhrR1.Knowledge;
using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Narration;

public sealed class NarratorPropertyTests
{
    private static readonly string[] _relations = ["may treat", "is a", "has member drug", "is raised in", "is lowered in", "manifestation of", "has finding site", "co-occurs with", "inverse was a", "is the object of \"tests\" from", "X"];
    private static readonly string[] _between = ["Heart failure", "loop diuretics", "Crohn's disease", "Hepatitis C", "Influenza A by PCR", "Replacement of knee, open approach", "FLUID CULTURE", "Sodium Chloride 0.9%"];
    private static readonly string[] _items = ["Furosemide", "RBC, Ascites", "vitamin d3", "Acute kidney failure, unspecified", "hiv protease blockers", "CT {head}", "Foley"];

    private static readonly Gen<(GraphFact Fact, string Item, string Path)> _edge =
        Gen.Select(Gen.Int[0, WardCases.Facts.Count - 1], Gen.Int[0, _items.Length - 1], Gen.Int[0, _relations.Length - 1], Gen.Int[0, _between.Length - 1], Gen.Int[0, 3])
            .Select((fact, item, relation, between, length) => (WardCases.Facts[fact], _items[item], PathOf(WardCases.Facts[fact].Name, _items[item], relation, between, length)));

    [Fact]
    public void Tell_AnyGraph_StaysTrueToInputAndGraph() => Gen.Select(_edge.Array[1, 12], Gen.Int[0, 5]).Sample(
        (edges, variant) =>
        {
            var sample = Ward.Sample("emar", [.. _items, "Never derived"]);
            var graph = Ward.Graph(sample, edges);
            var chain = new Narrator().Tell(sample, graph, variant);
            if (chain is null)
            {
                edges.ShouldAllBe(e => e.Path.StartsWith("Creatinine level > is lowered in", StringComparison.Ordinal) || e.Path.StartsWith("Sodium level > is raised in", StringComparison.Ordinal));
                return;
            }

            var read = new ChainReading(chain.Chain);
            read.Titles.ShouldBe(["Extraction", "Reasoning", "Final Results"]);
            read.Items.ShouldBeUnique();
            read.Items.ShouldBeSubsetOf(graph.Targets.Select(t => t.Term));
            foreach (var item in read.Items)
                read.Reasoning.ShouldContain(item);
            foreach (var (name, time) in read.Cited)
                Ward.Input.ShouldContain($"## {name} [{time}]\n");
            foreach (var quote in read.Quoted)
                Ward.Input.ShouldContain(quote);
            chain.Chain.ShouldNotContain("  ");
            chain.Chain.ShouldNotContain(" ,");
            new Narrator().Tell(sample, graph, variant)!.Chain.ShouldBe(chain.Chain);
            new Narrator().Tell(sample, graph, variant + 1)!.Chain.ShouldNotBe(chain.Chain);
        }, iter: 2000);

    private static string PathOf(string fact, string item, int relation, int between, int length) => length switch
    {
        0 => fact,
        1 => $"{fact} > {_relations[relation]} > {item}",
        2 => $"{fact} > {_relations[relation]} > {_between[between]} > {_relations[(relation + 3) % _relations.Length]} > {item}",
        _ => $"{fact} > {_relations[relation]} > {_between[between]} > {_relations[(relation + 3) % _relations.Length]} > {_between[(between + 1) % _between.Length]} > {_relations[(relation + 5) % _relations.Length]} > {item}",
    };
}
