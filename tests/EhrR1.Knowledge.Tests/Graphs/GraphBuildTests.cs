using EhrR1.Charts;
using EhrR1.Tasks;
using Shouldly;
using Xunit;
using static EhrR1.Knowledge.Tests.SaidSource;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Knowledge.Tests;

public sealed class GraphBuildTests
{
    [Fact]
    public void Build_FailingHeart_NamesFactsWithTheirEventsAndTheWayToTheAnswer()
    {
        using var world = new HeartWorld();

        var summary = world.Build();

        var graphs = world.Graphs();
        graphs.Select(g => g.SubjectId).ShouldBe([1, 2]);
        graphs[0].Targets.ShouldBe([new GraphTarget("Furosemide", "T:3", "Furosemide")]);
        graphs[0].Facts.ShouldBe(
        [
            new GraphFact("lasix", TermKind.Drug, "T:3", "Furosemide", "medrecon", At(0.5), 2, 1),
            new GraphFact("Natriuretic Peptide", TermKind.Laboratory, "T:1", "Natriuretic peptide", "labevents", At(1), 3, 1),
            new GraphFact("Pulmonary edema", TermKind.Note, "T:4", "Pulmonary edema", "radiology", At(2), 4, 1, Spelling: "pulmonary edema"),
        ]);
        graphs[0].Edges.Select(e => (graphs[0].Facts[e.Fact].Term, e.Lift, e.Together, GraphText.PathOf(e.Paths.Single()))).ShouldBe(
        [
            ("lasix", 6, 1, "both are Furosemide"),
            ("Natriuretic Peptide", 6, 2, "Natriuretic peptide → raised by → Heart failure → is treated by → Furosemide"),
            ("Pulmonary edema", 6, 2, "Pulmonary edema → is a complication of → Heart failure → is treated by → Furosemide"),
        ], ignoreOrder: true);
        // Each of the others has its own laboratory item as its one pair.
        summary.Total.ShouldBe(new GraphTaskCoverage("all", Samples: 12, WithPairs: 12, WithLinkedPairs: 2, WithGraph: 2, Targets: 12, TargetsWithPairs: 12, TargetsWithEdges: 2, Pairs: 15, LinkedPairs: 5, PairsWithPath: 5));
        // The drugs that no terminology has cost their pairs.
        summary.Misses.ShouldContain(m => m.Kind == TermKind.Drug && m.Term == "Drug 3");
    }

    [Fact]
    public void Build_ConceptOfANote_KeepsTheWordsThatStandThere()
    {
        using var world = new HeartWorld(more: [Concept("T:4", "lung water")], note: "FINDINGS: There is much LUNG water.");

        world.Build();

        var fact = world.Graphs()[0].Facts.Single(f => f.Kind == TermKind.Note);
        (fact.Term, fact.Spelling, fact.Text).ShouldBe(("Pulmonary edema", "LUNG water", "LUNG water"));
        var other = world.Graphs()[0].Facts.First(f => f.Kind == TermKind.Laboratory);
        (other.Spelling, other.Text).ShouldBe((null, "Natriuretic Peptide"));
        GraphJson.ToLine(world.Graphs()[0] with { Facts = [other] }).ShouldNotContain("spelling");
    }

    [Fact]
    public void Build_ItemOfTwoConcepts_IsCountedOnce()
    {
        // Two drugs of one name: the peptide leads to one of them, the edema to the other.
        using var world = new HeartWorld(more: [Concept("T:8", "Furosemide"), Relation("T:8", "treats", "T:4")]);

        var summary = world.Build();

        world.Graphs()[0].Targets.Select(t => t.Term).ShouldBe(["Furosemide", "Furosemide"]);
        (summary.Total.Targets, summary.Total.TargetsWithEdges).ShouldBe((12, 2));
    }

    [Fact]
    public void Build_MoreFactsThanAskedFor_KeepsThoseWithTheHighestLift()
    {
        using var world = new HeartWorld();

        world.Build(new GraphOptions { Top = 2, Threads = 1 });

        // Of facts with the same Lift the more common come first, then those that come first by name.
        world.Graphs()[0].Facts.Select(f => f.Term).ShouldBe(["Natriuretic Peptide", "Pulmonary edema"]);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(5, false)]
    public void Build_StrictProfile_TakesOnlyWhatWasKnown(double known, bool isFact)
    {
        using var world = new HeartWorld(ChartProfile.Strict, known);

        world.Build();

        world.Graphs().All(g => g.Facts.Any(f => f.Term == "Natriuretic Peptide")).ShouldBe(isFact);
    }

    [Fact]
    public void Build_WayThroughALargeClass_IsDropped()
    {
        // Fever is related to nothing but that it is a finding, as sixty other things are.
        Action<ITerminologyIntake>[] findings = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { Concept($"T:f{i}", $"finding {i}"), Relation($"T:f{i}", "isa", "T:finding") })];
        using var world = new HeartWorld(more: [Concept("T:finding", "Finding"), Relation("T:6", "isa", "T:finding"), Relation("T:3", "isa", "T:finding"), .. findings]);
        var finder = new PathFinder(world.Terminology);
        int fever = world.Terminology.Find("T:6"), furosemide = world.Terminology.Find("T:3");
        var path = finder.Find(fever, furosemide).ShouldHaveSingleItem();
        path.Text(world.Terminology).ShouldBe("Fever – is a – Finding – has subtype – Furosemide");

        new CommonTurns(world.Terminology, 50).AreIn(path).ShouldBeTrue();
        new CommonTurns(world.Terminology, 62).AreIn(path).ShouldBeFalse();
        // Going up a class and staying there, or turning at a concept by two different relations, is none.
        new CommonTurns(world.Terminology, 0).AreIn(finder.Find(fever, world.Terminology.Find("T:finding"))[0]).ShouldBeFalse();
        new CommonTurns(world.Terminology, 0).AreIn(finder.Find(world.Terminology.Find("T:4"), furosemide)[0]).ShouldBeFalse();
    }

    [Fact]
    public void Graph_ItemOfTwoConcepts_HasItsEdgesByTargetWithTheHighestLiftFirst()
    {
        using var world = new HeartWorld();
        world.Build();
        using var index = TaskIndexStore.Open(world.Workspace);
        var row = index.ReadTask("prescriptions").First(r => r.SubjectId == 1);
        var chart = ChartStore.Open(world.Workspace).Read(1)!;
        var terms = new TermTable();
        int item = terms.Intern("Furosemide");
        var draft = new GraphDraft(row);
        foreach (var (fact, lift, target) in new[] { ("a", 9.0, "T:3"), ("b", 8.0, "T:2"), ("c", 7.0, "T:3") })
            draft.Add(new FactPlace(terms.Intern(fact), TermKind.Drug, fact, 1, 1), chart.Events[1], item, new LiftEntry(terms.Intern(fact), lift, 1), new FoundPaths(world.Terminology.Find("T:1"), world.Terminology.Find(target), [["x"]]));

        var graph = draft.Graph(terms, world.Terminology);

        graph.Targets.Select(t => t.Concept).ShouldBe(["T:3", "T:2"]);
        graph.Edges.Select(e => (e.Target, e.Lift)).ShouldBe([(0, 9.0), (0, 7.0), (1, 8.0)]);
    }

    [Fact]
    public void Build_AnyThreads_SameBytes()
    {
        using var world = new HeartWorld();
        world.Build();
        var files = Directory.GetFiles(Path.Combine(world.Folder, "graphs")).Order(StringComparer.Ordinal).ToList();
        var bytes = files.ConvertAll(File.ReadAllBytes);

        GraphBuild.Build(world.Workspace, Path.Combine(world.Folder, "graphs"), world.Terms, world.Pairs, world.Terminology, new GraphOptions { Threads = 4, Tasks = ["prescriptions"] }, world.Notes);

        files.ConvertAll(File.ReadAllBytes).ShouldBe(bytes);
    }

    [Fact]
    public void Of_OneSample_IsTheGraphOfTheBuild()
    {
        using var world = new HeartWorld();
        world.Build();
        var graph = world.Graphs()[1];

        var one = GraphBuild.Of(world.Workspace, graph.Id, world.Terms, world.Pairs, world.Terminology, new GraphOptions(), world.Notes);

        GraphJson.ToLine(one!).ShouldBe(GraphJson.ToLine(graph));
    }

    [Fact]
    public void Of_SampleWhoseAnswerLeadsNowhere_IsNone()
    {
        using var world = new HeartWorld();
        world.Build();
        using var index = TaskIndexStore.Open(world.Workspace);
        var row = index.ReadTask("prescriptions").First(r => r.SubjectId == 3);

        GraphBuild.Of(world.Workspace, row.Id, world.Terms, world.Pairs, world.Terminology, new GraphOptions(), world.Notes).ShouldBeNull();
    }

    [Fact]
    public void Of_RiskSample_SaysThatItHasNoItems()
    {
        using var world = new HeartWorld();
        world.Build();
        using var index = TaskIndexStore.Open(world.Workspace);
        var row = index.ReadAll().First(r => r.Definition.Kind == TaskKind.Risk);

        Should.Throw<EhrR1Exception>(() => GraphBuild.Of(world.Workspace, row.Id, world.Terms, world.Pairs, world.Terminology, new GraphOptions(), world.Notes)).Message.ShouldContain("no items");
    }

    [Fact]
    public void Build_ConceptsOfAnotherTerminology_IsRefused()
    {
        using var world = new HeartWorld();
        world.Build();
        using var other = new BuiltTerminology(new SaidSource([Concept("X:1", "Something else")]));

        Should.Throw<EhrR1Exception>(() => GraphBuild.Build(world.Workspace, Path.Combine(world.Folder, "other"), world.Terms, world.Pairs, other.Store, new GraphOptions(), world.Notes)).Message.ShouldContain("another terminology");
    }

    [Fact]
    public void Drawings_FailingHeart_AreAsReviewed()
    {
        using var world = new HeartWorld();
        world.Build();
        var graph = world.Graphs()[0];
        using var text = new StringWriter { NewLine = "\n" };
        GraphText.Write(text, graph);

        Snapshot.ShouldMatch(text.ToString(), "HeartWorld.expected.txt");
        Snapshot.ShouldMatch(GraphJson.ToText(graph) + "\n", "HeartWorld.expected.json");
        Snapshot.ShouldMatch(GraphMermaid.Write(graph), "HeartWorld.expected.mmd");
        Snapshot.ShouldMatch(GraphSvg.Write(graph), "HeartWorld.expected.svg");
    }

    [Fact]
    public void Drawings_NamesWithMarks_AreEscaped()
    {
        using var world = new HeartWorld();
        world.Build();
        var graph = world.Graphs()[0];
        graph = graph with { Targets = [graph.Targets[0] with { Term = "5 < 6 & \"7\" # " + new string('x', 200) }] };

        var svg = System.Xml.Linq.XDocument.Parse(GraphSvg.Write(graph));

        svg.Descendants().Where(e => e.Name.LocalName == "text").ShouldContain(e => e.Value.Contains("5 < 6 & \"7\" #", StringComparison.Ordinal));
        GraphMermaid.Write(graph).ShouldContain("5 #lt; 6 & #quot;7#quot; #35;");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\": 3}")]
    [InlineData("nothing")]
    public void Parse_NoGraph_IsRefused(string json) => Should.Throw<EhrR1Exception>(() => GraphJson.Parse(json)).Message.ShouldContain("cannot be read");
}
