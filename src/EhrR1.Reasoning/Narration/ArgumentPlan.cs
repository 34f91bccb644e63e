using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Chooses which facts of a thinking graph are told, and joins those that lead to the same item in the same way.</summary>
internal static class ArgumentPlan
{
    private static readonly HashSet<string> _whenRaised = new(StringComparer.OrdinalIgnoreCase) { "is raised in", "is raised by", "raised by" };
    private static readonly HashSet<string> _whenLowered = new(StringComparer.OrdinalIgnoreCase) { "is lowered in", "is lowered by", "lowered by" };

    private static readonly HashSet<string> _causedBy = new(StringComparer.OrdinalIgnoreCase) { "may be caused by", "caused by", "induced by", "is caused by", "may result from", "is induced by" };

    /// <summary>Events by which a patient gets something, other than those that only list what is taken at home.</summary>
    private static readonly HashSet<string> _given = new(StringComparer.Ordinal) { "prescriptions", "emar", "pyxis", "inputevents", "ingredientevents" };

    /// <summary>The arguments in the order of the answer, one for all items that name the same concept; none for items to which no fact of the input leads.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="most">How many facts an item takes at most.</param>
    public static List<Argument> Of(Sample sample, ThinkingGraph graph, int most)
    {
        var facts = Facts(sample, graph);
        bool isGiven = _given.Contains(sample.Row.Event);
        var labels = sample.Labels.ToHashSet(StringComparer.Ordinal);
        var edgesOf = new Dictionary<string, List<(ToldFact Fact, IReadOnlyList<string> Path)>>(StringComparer.Ordinal);
        foreach (var edge in graph.Edges)
        {
            var item = graph.Targets[edge.Target].Term;
            if (facts[edge.Fact] is not { } fact || !labels.Contains(item) || PathOf(edge, isGiven) is not { } path || Contradicts(fact, path))
                continue;
            if (!edgesOf.TryGetValue(item, out var edges))
                edgesOf.Add(item, edges = []);
            edges.Add((fact, path));
        }

        var byConcept = graph.Targets.Select(t => t.Term).Distinct(StringComparer.Ordinal).Where(edgesOf.ContainsKey)
            .Select(item => (Item: item, Edges: Order(edgesOf[item]))).GroupBy(a => a.Edges[0].Path[^1], StringComparer.Ordinal);
        return [.. byConcept.Select(c => new Argument([.. c.Select(a => a.Item)], c.Key, Lines(Choose([.. Order(c.SelectMany(a => a.Edges))], c.Key, most))))];
    }

    /// <summary>What speaks for this patient first, then the shortest way; sorting is stable, so among ways of one length the highest Lift comes first.</summary>
    private static List<(ToldFact Fact, IReadOnlyList<string> Path)> Order(IEnumerable<(ToldFact Fact, IReadOnlyList<string> Path)> edges) =>
        [.. edges.OrderBy(e => IsReason(e) ? 0 : 1).ThenBy(e => e.Path.Count)];

    private static bool IsReason((ToldFact Fact, IReadOnlyList<string> Path) edge) => Speaks(edge.Fact, edge.Path) && !WeakTurns.BuiltIn.AreIn(edge.Path);

    // That a drug brings about what the patient has is no reason to give it, also where there is no better one.
    private static bool IsAgainst(IReadOnlyList<string> path, bool isGiven) => isGiven && path.Count > 3 && _causedBy.Contains(path[^2]);

    /// <summary>The best of an edge's paths that is a reason; the best of all where none is, and none where all speak against the item.</summary>
    private static IReadOnlyList<string>? PathOf(GraphEdge edge, bool isGiven)
    {
        var paths = edge.Paths.Where(p => !IsAgainst(p, isGiven)).ToList();
        return paths.Find(p => !WeakTurns.BuiltIn.AreIn(p)) ?? paths.FirstOrDefault();
    }

    /// <summary>The first facts that lead to a concept, without those whose way is more than one relation longer than the shortest, and without what is no reason where there is one: they add words alone.</summary>
    private static List<(ToldFact Fact, IReadOnlyList<string> Path)> Choose(List<(ToldFact Fact, IReadOnlyList<string> Path)> edges, string concept, int most)
    {
        int longest = edges[0].Path.Count + 2;
        bool hasReason = IsReason(edges[0]);
        return [.. edges.Where(e => e.Path[^1] == concept && e.Path.Count <= longest && (!hasReason || IsReason(e))).DistinctBy(e => e.Fact).Take(most)];
    }

    private static List<ArgumentLine> Lines(List<(ToldFact Fact, IReadOnlyList<string> Path)> chosen)
    {
        var lines = new List<(List<ToldFact> Facts, IReadOnlyList<string> Path)>();
        foreach (var (fact, path) in chosen)
        {
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
            if (MayBeTold(fact, graph) && record.Find(EventCatalog.Get(fact.Event), fact.Time, fact.Text, fact.Kind == TermKind.Note) is { } source && !FactText.IsWithheld(fact, source))
                told[i] = FactText.Of(fact, source);
        }

        return told;
    }

    // What happened at the moment of the question may be the answer itself.
    private static bool MayBeTold(GraphFact fact, ThinkingGraph graph) => !fact.Text.Contains('\n', StringComparison.Ordinal)
        && !(fact.Time > graph.PredictionTime) && (fact.Time != graph.PredictionTime || !graph.Targets.Any(t => fact.Text.Contains(t.Term, StringComparison.OrdinalIgnoreCase) || fact.Term.Contains(t.Term, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a value of the record is the opposite of what the relation is about.</summary>
    private static bool Contradicts(ToldFact fact, IReadOnlyList<string> path) => path.Count > 1
        && ((fact.Level == RangeLevel.Below && _whenRaised.Contains(path[1])) || (fact.Level == RangeLevel.Above && _whenLowered.Contains(path[1])));

    /// <summary>Whether nothing in the record keeps the relation from being about this patient: a value within its range is neither raised nor lowered.</summary>
    private static bool Speaks(ToldFact fact, IReadOnlyList<string> path) => path.Count == 1 || fact.Level != RangeLevel.Within || !(_whenRaised.Contains(path[1]) || _whenLowered.Contains(path[1]));
}
