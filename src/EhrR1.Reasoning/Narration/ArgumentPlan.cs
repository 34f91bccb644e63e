using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Chooses which facts of a thinking graph are told, and joins those that lead to the same item in the same way.</summary>
internal static class ArgumentPlan
{
    private static readonly HashSet<string> _whenRaised = new(StringComparer.OrdinalIgnoreCase) { "is raised in", "is raised by", "raised by" };
    private static readonly HashSet<string> _whenLowered = new(StringComparer.OrdinalIgnoreCase) { "is lowered in", "is lowered by", "lowered by" };

    /// <summary>The arguments in the order of the answer, one for all items that name the same concept; none for items to which no fact of the input leads.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="most">How many facts an item takes at most.</param>
    public static List<Argument> Of(Sample sample, ThinkingGraph graph, int most)
    {
        var facts = Facts(sample, graph);
        var labels = sample.Labels.ToHashSet(StringComparer.Ordinal);
        var edgesOf = new Dictionary<string, List<(GraphEdge Edge, ToldFact Fact)>>(StringComparer.Ordinal);
        foreach (var edge in graph.Edges)
        {
            var item = graph.Targets[edge.Target].Term;
            if (edge.Paths.Count == 0 || facts[edge.Fact] is not { } fact || !labels.Contains(item) || Contradicts(fact, edge.Paths[0]))
                continue;
            if (!edgesOf.TryGetValue(item, out var edges))
                edgesOf.Add(item, edges = []);
            edges.Add((edge, fact));
        }

        var byConcept = graph.Targets.Select(t => t.Term).Distinct(StringComparer.Ordinal).Where(edgesOf.ContainsKey)
            .Select(item => (Item: item, Edges: Order(edgesOf[item]))).GroupBy(a => a.Edges[0].Edge.Paths[0][^1], StringComparer.Ordinal);
        return [.. byConcept.Select(c => new Argument([.. c.Select(a => a.Item)], c.Key, Lines(Choose([.. Order(c.SelectMany(a => a.Edges))], c.Key, most))))];
    }

    /// <summary>What speaks for this patient first, then the shortest way; sorting is stable, so among ways of one length the highest Lift comes first.</summary>
    private static List<(GraphEdge Edge, ToldFact Fact)> Order(IEnumerable<(GraphEdge Edge, ToldFact Fact)> edges) =>
        [.. edges.OrderBy(e => Speaks(e.Fact, e.Edge.Paths[0]) ? 0 : 1).ThenBy(e => e.Edge.Paths[0].Count)];

    /// <summary>The first facts that lead to a concept, without those whose way is more than one relation longer than the shortest: they add words, not reasons.</summary>
    private static List<(GraphEdge Edge, ToldFact Fact)> Choose(List<(GraphEdge Edge, ToldFact Fact)> edges, string concept, int most)
    {
        int longest = edges[0].Edge.Paths[0].Count + 2;
        return [.. edges.Where(e => e.Edge.Paths[0][^1] == concept && e.Edge.Paths[0].Count <= longest).DistinctBy(e => e.Fact).Take(most)];
    }

    private static List<ArgumentLine> Lines(List<(GraphEdge Edge, ToldFact Fact)> chosen)
    {
        var lines = new List<(List<ToldFact> Facts, IReadOnlyList<string> Path)>();
        foreach (var (edge, fact) in chosen)
        {
            var path = edge.Paths[0];
            var line = lines.Find(l => l.Path.Skip(1).SequenceEqual(path.Skip(1)) && (path.Count > 1 || l.Path[0] == path[0]));
            if (line.Facts is null)
                lines.Add((([fact], path)));
            else if (!line.Facts.Contains(fact))
                line.Facts.Add(fact);
        }

        return [.. lines.Select(l => new ArgumentLine(l.Facts, l.Path))];
    }

    /// <summary>The facts that the input holds, each with its event; <see langword="null"/> where it does not, or must not be told.</summary>
    private static ToldFact?[] Facts(Sample sample, ThinkingGraph graph)
    {
        var record = new RecordText(sample.Input);
        var told = new ToldFact?[graph.Facts.Count];
        for (int i = 0; i < told.Length; i++)
        {
            var fact = graph.Facts[i];
            if (MayBeTold(fact, graph) && record.Find(EventCatalog.Get(fact.Event), fact.Time, fact.Term, fact.Kind == TermKind.Note) is { } source)
                told[i] = FactText.Of(fact, source);
        }

        return told;
    }

    // What happened at the moment of the question may be the answer itself.
    private static bool MayBeTold(GraphFact fact, ThinkingGraph graph) => !fact.Term.Contains('\n', StringComparison.Ordinal)
        && !(fact.Time > graph.PredictionTime) && (fact.Time != graph.PredictionTime || !graph.Targets.Any(t => fact.Term.Contains(t.Term, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a value of the record is the opposite of what the relation is about.</summary>
    private static bool Contradicts(ToldFact fact, IReadOnlyList<string> path) => path.Count > 1
        && ((fact.Level == RangeLevel.Below && _whenRaised.Contains(path[1])) || (fact.Level == RangeLevel.Above && _whenLowered.Contains(path[1])));

    /// <summary>Whether nothing in the record keeps the relation from being about this patient: a value within its range is neither raised nor lowered.</summary>
    private static bool Speaks(ToldFact fact, IReadOnlyList<string> path) => path.Count == 1 || fact.Level != RangeLevel.Within || !(_whenRaised.Contains(path[1]) || _whenLowered.Contains(path[1]));
}
