using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>A thinking graph while its edges are being found. Not thread-safe.</summary>
internal sealed class GraphDraft(TaskIndexRow row)
{
    private readonly List<(int Term, int Concept)> _targets = [];
    private readonly List<(FactPlace Place, ClinicalEvent Event, int Concept)> _facts = [];
    private readonly List<(int Fact, int Target, LiftEntry Entry, FoundPaths Found)> _edges = [];
    private readonly Dictionary<(int Term, int Concept), int> _factIndex = [];

    public int Edges => _edges.Count;

    public void Add(FactPlace place, ClinicalEvent @event, int target, LiftEntry entry, FoundPaths found)
    {
        int targetIndex = _targets.IndexOf((target, found.Target));
        if (targetIndex < 0)
        {
            targetIndex = _targets.Count;
            _targets.Add((target, found.Target));
        }

        if (!_factIndex.TryGetValue((place.Term, found.Fact), out int fact))
        {
            _factIndex.Add((place.Term, found.Fact), fact = _facts.Count);
            _facts.Add((place, @event, found.Fact));
        }

        _edges.Add((fact, targetIndex, entry, found));
    }

    public ThinkingGraph Graph(TermTable terms, Terminology terminology)
    {
        int[] order = [.. Enumerable.Range(0, _facts.Count).OrderBy(i => _facts[i].Place.Position).ThenBy(i => _facts[i].Place.Text, StringComparer.Ordinal).ThenBy(i => _facts[i].Concept)];
        var places = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            places[order[i]] = i;
        return new ThinkingGraph
        {
            Id = row.Id,
            Task = row.Task,
            SubjectId = row.SubjectId,
            PredictionTime = row.PredictionTime,
            Targets = [.. _targets.Select(t => new GraphTarget(Label(terms, t.Term), terminology.Id(t.Concept), terminology.Name(t.Concept)))],
            Facts = [.. order.Select(i => _facts[i]).Select(f => new GraphFact(
                f.Place.Text, f.Place.Kind, terminology.Id(f.Concept), terminology.Name(f.Concept), f.Event.Type.Name, f.Event.Start, f.Place.Position, f.Place.Events, f.Place.Spelling))],
            // An item of several concepts has an end for each, and its edges come mixed.
            Edges = [.. _edges.OrderBy(e => e.Target).Select(e => new GraphEdge(places[e.Fact], e.Target, e.Entry.Lift, e.Entry.Together, e.Found.Paths))],
        };
    }

    /// <summary>The answer's own spelling.</summary>
    private string Label(TermTable terms, int term) => row.Labels.FirstOrDefault(l => terms.Find(l) == term) ?? terms.Text(term);
}
