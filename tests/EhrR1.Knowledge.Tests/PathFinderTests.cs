using CsCheck;
using static EhrR1.Knowledge.Tests.SaidSource;

namespace EhrR1.Knowledge.Tests;

public sealed class PathFinderTests
{
    private static readonly string[] _kinds = ["treats", "is treated by", "is a", "resembles", "concept in subset", "has_contraindicated_drug"];

    [Fact]
    public void Find_RandomGraphWithoutLimits_AgreesWithThePlainTwin() =>
        Graphs(14, 40).Sample(edges =>
        {
            using var built = Built(14, edges);
            var options = new PathOptions { MostPaths = 1_000_000, CacheSize = 0 };
            var finder = new PathFinder(built.Store, options);
            var plain = new PlainPaths(built.Store, options);
            EachPair(14, (from, to) => Concepts(finder.Find(from, to)).ShouldBe(Lines(plain.All(from, to))));
        }, iter: 60, threads: 1);

    [Fact]
    public void Find_RandomGraphWithLimits_AgreesWithThePlainTwin() =>
        Gen.Select(Graphs(11, 26), Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 4]).Sample((edges, nodes, paths, length) =>
        {
            using var built = Built(11, edges);
            var options = new PathOptions { MostNodes = nodes, MostPaths = paths, MostEdges = length };
            var finder = new PathFinder(built.Store, options);
            var plain = new PlainPaths(built.Store, options);
            EachPair(11, (from, to) => Concepts(finder.Find(from, to)).ShouldBe(Lines(plain.Limited(from, to))));
        }, iter: 100, threads: 1);

    [Fact]
    public void Find_OtherDirection_GivesTheSamePathsTurnedRound() =>
        Graphs(14, 40).Sample(edges =>
        {
            using var built = Built(14, edges);
            var finder = new PathFinder(built.Store);
            EachPair(14, (from, to) => Concepts(finder.Find(to, from)).ShouldBe(Lines(finder.Find(from, to).Select(p => ConceptsOf(p).Reverse().ToArray()))));
        }, iter: 30, threads: 1);

    [Fact]
    public void Find_ManyThreadsAndSmallCaches_GiveTheSame()
    {
        var random = new Random(7);
        using var built = Built(60, [.. Enumerable.Range(0, 150).Select(_ => (random.Next(60), random.Next(6), random.Next(60)))]);
        (int From, int To)[] pairs = [.. Enumerable.Range(0, 3_000).Select(_ => (random.Next(60), random.Next(60)))];
        var uncached = new PathFinder(built.Store, new PathOptions { CacheSize = 0 });
        var expected = pairs.Select(p => Texts(built.Store, uncached.Find(p.From, p.To))).ToList();
        foreach (int size in new[] { 0, 1, 50, 10_000 })
        {
            var finder = new PathFinder(built.Store, new PathOptions { CacheSize = size });
            pairs.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(p => Texts(built.Store, finder.Find(p.From, p.To))).ToList().ShouldBe(expected);
            finder.Remembered.ShouldBeLessThanOrEqualTo(size);
        }

        expected.ShouldContain(t => t.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void Find_RepeatedQuestion_IsAnsweredFromTheCache()
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("X:1", "a"), Concept("X:2", "b"), Relation("X:1", "treats", "X:2")));
        var finder = new PathFinder(built.Store, new PathOptions { CacheSize = 1 });
        var first = finder.Find(0, 1);
        finder.Find(0, 1).ShouldBeSameAs(first);
        finder.Find(1, 0).ShouldHaveSingleItem();
        finder.Find(0, 1).ShouldNotBeSameAs(first);
        finder.Remembered.ShouldBe(1);
    }

    [Fact]
    public void Find_RelationWalkedBackwards_IsNamedByItsInverse()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("X:1", "furosemide"), Concept("X:2", "heart failure"), Concept("X:3", "spironolactone"),
            Relation("X:1", "treats", "X:2"), Relation("X:3", "treats", "X:2")));
        var paths = new PathFinder(built.Store).Find(0, 2);
        paths.ShouldHaveSingleItem().Text(built.Store).ShouldBe("furosemide – treats – heart failure – is treated by – spironolactone");
        paths[0].Steps.ShouldBe([new PathStep(0, 0, false, 1), new PathStep(1, 0, true, 2)]);
        paths[0].Words(built.Store).Count.ShouldBe(5);
    }

    [Fact]
    public void Find_RelationHeldBothWays_TakesTheRowThatReadsForward()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("C1", "furosemide"), Concept("C2", "heart failure"), Relation("C1", "may treat", "C2"), Relation("C2", "may be treated by", "C1")));
        var finder = new PathFinder(built.Store);
        finder.Best(0, 1)!.Text(built.Store).ShouldBe("furosemide – may treat – heart failure");
        finder.Best(1, 0)!.Text(built.Store).ShouldBe("heart failure – may be treated by – furosemide");
        finder.Best(0, 1)!.Steps[0].IsReversed.ShouldBeFalse();
        finder.Best(1, 0)!.Steps[0].IsReversed.ShouldBeFalse();
    }

    [Fact]
    public void Find_SeveralRelationsBetweenTwo_TakesTheRarest()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("X:1", "a"), Concept("X:2", "b"), Concept("X:3", "c"),
            Relation("X:1", "is a", "X:2"), Relation("X:2", "treats", "X:1"), Relation("X:3", "is a", "X:2"), Relation("X:3", "is a", "X:1")));
        new PathFinder(built.Store).Best(0, 1)!.Text(built.Store).ShouldBe("a – is treated by – b");
    }

    [Fact]
    public void Find_HubAndQuietConcept_PrefersTheQuietOne()
    {
        using var built = new BuiltTerminology(new SaidSource([
            Concept("X:a", "a"), Concept("X:b", "b"), Concept("X:hub", "disease"), Concept("X:quiet", "heart failure"),
            Relation("X:a", "is a", "X:hub"), Relation("X:b", "is a", "X:hub"), Relation("X:a", "is a", "X:quiet"), Relation("X:b", "is a", "X:quiet"),
            .. Enumerable.Range(0, 50).SelectMany(i => new[] { Concept($"X:{i}", $"leaf {i}"), Relation($"X:{i}", "is a", "X:hub") })]));
        var paths = new PathFinder(built.Store).Find(built.Store.Find("X:a"), built.Store.Find("X:b"));
        paths.Select(p => p.Text(built.Store)).ShouldBe(["a – is a – heart failure – has subtype – b", "a – is a – disease – has subtype – b"]);
        // One bit for the two neighbours of heart failure, and two steps of the one kind, of which there are 54 relations.
        paths[0].Cost.ShouldBe(1 + (2 * Math.Log2(55)), 0.01);
    }

    [Theory, InlineData("has contraindicated drug"), InlineData("Has_Contraindicated_Drug"), InlineData("subset_includes_concept")]
    public void Find_ExcludedRelation_IsNotTaken(string relation)
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("C1", "a"), Concept("C2", "b"), Relation("C1", relation, "C2")));
        new PathFinder(built.Store).Find(0, 1).ShouldBeEmpty();
        new PathFinder(built.Store, new PathOptions { ExcludedRelations = [] }).Find(0, 1).ShouldHaveSingleItem();
    }

    [Fact]
    public void Find_ManyEquallyShortPaths_GivesTheFirstByNameWithoutMakingAll()
    {
        // Six layers of 40 concepts, all joined: 40⁶ paths of the same cost.
        const int Width = 40, Layers = 6;
        var sayings = new List<Action<ITerminologyIntake>> { Concept("X:start", "start"), Concept("X:zend", "end") };
        for (int layer = 0; layer < Layers; layer++)
        {
            for (int i = 0; i < Width; i++)
            {
                var id = $"X:{layer}-{i:d2}";
                sayings.Add(Concept(id, $"layer {layer} name {Width - i:d2}"));
                if (layer == 0)
                    sayings.Add(Relation("X:start", "is a", id));
                for (int j = 0; layer > 0 && j < Width; j++)
                    sayings.Add(Relation($"X:{layer - 1}-{j:d2}", "is a", id));
                if (layer == Layers - 1)
                    sayings.Add(Relation(id, "is a", "X:zend"));
            }
        }

        using var built = new BuiltTerminology(new SaidSource(sayings));
        var paths = new PathFinder(built.Store).Find(built.Store.Find("X:start"), built.Store.Find("X:zend"));
        paths.Count.ShouldBe(10);
        for (int i = 0; i < 10; i++)
        {
            // The names along the path from the end with the lower number, which here is the one in the first place.
            ConceptsOf(paths[i])[1..^1].Select(built.Store.Name).ShouldBe([.. Enumerable.Range(0, Layers - 1).Select(l => $"layer {l} name 01"), $"layer {Layers - 1} name {i + 1:d2}"]);
        }
    }

    [Fact]
    public void Find_HugeHub_IsExploredLastAndMetOver()
    {
        // Both ends hang on the hub; what it is joined to beside them would use up any budget.
        using var built = new BuiltTerminology(new SaidSource([
            Concept("X:hub", "hub"), Concept("X:a", "a"), Concept("X:b", "b"), Concept("X:am", "am"), Concept("X:bm", "bm"),
            Relation("X:a", "is a", "X:am"), Relation("X:am", "is a", "X:hub"), Relation("X:b", "is a", "X:bm"), Relation("X:bm", "is a", "X:hub"),
            .. Enumerable.Range(0, 20_000).SelectMany(i => new[] { Concept($"X:{i}", $"leaf {i}"), Relation($"X:{i}", "is a", "X:hub") })]));
        var finder = new PathFinder(built.Store, new PathOptions { MostNodes = 2 });
        finder.Best(built.Store.Find("X:a"), built.Store.Find("X:b"))!.Text(built.Store).ShouldBe("a – is a – am – is a – hub – has subtype – bm – has subtype – b");
    }

    [Fact]
    public void Find_CyclesAndNoConnection_End()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("X:1", "a"), Concept("X:2", "b"), Concept("X:3", "c"), Concept("X:4", "alone"),
            Relation("X:1", "is a", "X:2"), Relation("X:2", "is a", "X:3"), Relation("X:3", "is a", "X:1"), Relation("X:1", "is a", "X:1")));
        var finder = new PathFinder(built.Store);
        finder.Find(0, 3).ShouldBeEmpty();
        finder.Find(3, 0).ShouldBeEmpty();
        finder.Find(0, 0).ShouldBeEmpty();
        finder.Best(0, 3).ShouldBeNull();
        finder.Find(0, 2).ShouldHaveSingleItem().Text(built.Store).ShouldBe("a – has subtype – c");
        Should.Throw<ArgumentOutOfRangeException>(() => finder.Find(0, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => finder.Find(-1, 0));
    }

    [Fact]
    public void Find_TerminologyWithoutRelations_FindsNone()
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("X:1", "a"), Concept("X:2", "b")));
        new PathFinder(built.Store).Find(0, 1).ShouldBeEmpty();
        built.Store.NeighbourCount(0).ShouldBe(0);
        built.Store.RelationNameCount.ShouldBe(0);
    }

    [Fact]
    public void NeighbourCount_RelationsBothWaysAndTwice_CountsEachConceptOnce()
    {
        using var built = new BuiltTerminology(new SaidSource(
            Concept("X:1", "a"), Concept("X:2", "b"), Concept("X:3", "c"), Relation("X:1", "is a", "X:2"), Relation("X:1", "is a", "X:2"),
            Relation("X:2", "is a", "X:1"), Relation("X:1", "treats", "X:2"), Relation("X:3", "is a", "X:1")));
        Enumerable.Range(0, 3).Select(built.Store.NeighbourCount).ShouldBe([2, 1, 1]);
        Enumerable.Range(0, 2).Select(k => (built.Store.RelationName(k), built.Store.RelationCount(k))).ShouldBe([("is a", 3), ("treats", 1)]);
    }

    [Fact]
    public void Find_LongChain_StopsAtMostEdges()
    {
        using var built = new BuiltTerminology(new SaidSource([
            .. Enumerable.Range(0, 12).Select(i => Concept($"X:{i:d2}", $"n{i}")), .. Enumerable.Range(0, 11).Select(i => Relation($"X:{i:d2}", "is a", $"X:{i + 1:d2}"))]));
        var finder = new PathFinder(built.Store);
        finder.Best(0, 10)!.Steps.Count.ShouldBe(10);
        finder.Find(0, 11).ShouldBeEmpty();
    }

    [Fact]
    public void Find_Cancelled_Throws()
    {
        using var built = new BuiltTerminology(new SaidSource(Concept("X:1", "a"), Concept("X:2", "b"), Relation("X:1", "is a", "X:2")));
        Should.Throw<OperationCanceledException>(() => new PathFinder(built.Store).Find(0, 1, new CancellationToken(canceled: true)));
    }

    private static Gen<(int From, int Kind, int To)[]> Graphs(int concepts, int edges) =>
        Gen.Select(Gen.Int[0, concepts - 1], Gen.Int[0, _kinds.Length - 1], Gen.Int[0, concepts - 1]).Array[0, edges];

    private static BuiltTerminology Built(int concepts, IEnumerable<(int From, int Kind, int To)> edges) => new(new SaidSource([
        // Names are not in the order of the numbers, and some are had twice.
        .. Enumerable.Range(0, concepts).Select(i => Concept($"X:{i:d2}", $"name {i * 7 % 10}")),
        .. edges.Select(e => Relation($"X:{e.From:d2}", _kinds[e.Kind], $"X:{e.To:d2}"))]));

    private static void EachPair(int concepts, Action<int, int> action)
    {
        for (int from = 0; from < concepts; from++)
        {
            for (int to = 0; to < concepts; to++)
                action(from, to);
        }
    }

    private static int[] ConceptsOf(ConceptPath path) => [path.Steps[0].From, .. path.Steps.Select(s => s.To)];

    private static string[] Concepts(IReadOnlyList<ConceptPath> paths) => Lines(paths.Select(ConceptsOf));

    private static string[] Lines(IEnumerable<int[]> paths) => [.. paths.Select(p => string.Join(' ', p))];

    private static string Texts(Terminology store, IReadOnlyList<ConceptPath> paths) => string.Join('\n', paths.Select(p => p.Text(store)));
}
