using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Makes the thinking graphs of samples.</summary>
/// <remarks>Keeps the last chart that it looked up, so ask for the samples of one chart together. Not thread-safe.</remarks>
internal sealed class GraphBuilder
{
    private readonly TermTable _terms;
    private readonly LiftTable _lift;
    private readonly TermLinks _links;
    private readonly GraphPaths _paths;
    private readonly GraphOptions _options;
    private readonly Terminology _terminology;
    private readonly SampleTerms _sample;
    private readonly HashSet<int> _history = [];

    public GraphBuilder(GraphSources sources, ChartProfile profile, bool hasDischargeNotes)
    {
        _terms = sources.Terms;
        _lift = sources.Lift;
        _links = sources.Links;
        _paths = sources.Paths;
        _options = sources.Options;
        _terminology = sources.Terminology;
        _sample = new SampleTerms(_terms, profile, hasDischargeNotes);
    }

    /// <summary>Makes the graph of a sample.</summary>
    /// <param name="chart">The terms of the sample's chart.</param>
    /// <param name="row">The sample.</param>
    /// <param name="coverage">Counts what was found and what was not.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The graph; one without an edge holds nothing.</returns>
    public ThinkingGraph Build(ChartTerms chart, TaskIndexRow row, GraphCoverage coverage, CancellationToken cancellationToken)
    {
        _sample.Read(chart, row);
        _history.Clear();
        _history.UnionWith(_sample.History);
        var kind = KindOf(row.Definition);
        var draft = new GraphDraft(row);
        var tally = new SampleTally();
        for (int i = 0; i < _sample.Targets.Count; i++)
        {
            int target = _sample.Targets[i];
            tally.Targets++;
            int kept = 0, edges = draft.Edges;
            foreach (var entry in _lift.Of(row.Task, target))
            {
                if (kept == _options.Top)
                    break;
                if (!_history.Contains(entry.History) || entry.History == target)
                    continue;
                kept++;
                tally.Pairs++;
                AddEdge(draft, chart, (kind, target), entry, tally, coverage, cancellationToken);
            }

            tally.TargetsWithPairs += kept > 0 ? 1 : 0;
            tally.TargetsWithEdges += draft.Edges > edges ? 1 : 0;
        }

        coverage.Add(row.Task, tally);
        return draft.Graph(_terms, _terminology);
    }

    private void AddEdge(GraphDraft draft, ChartTerms chart, (TermKind Kind, int Term) target, LiftEntry entry, SampleTally tally, GraphCoverage coverage, CancellationToken cancellationToken)
    {
        var fact = Locate(chart, entry.History);
        bool isFactLinked = !_links.Of(fact.Kind, fact.Term).IsEmpty, isTargetLinked = !_links.Of(target.Kind, target.Term).IsEmpty;
        if (!isFactLinked)
            coverage.Miss(fact.Kind, fact.Term);
        if (!isTargetLinked)
            coverage.Miss(target.Kind, target.Term);
        if (!isFactLinked || !isTargetLinked)
            return;
        tally.LinkedPairs++;
        if (_paths.Find((fact.Kind, fact.Term), target, cancellationToken) is not { } found)
            return;
        tally.PairsWithPath++;
        draft.Add(fact, chart.Chart.Events[fact.Position], target.Term, entry, found);
    }

    /// <summary>The last of the sample's events that hold a term; of its kinds there, the first that names a concept.</summary>
    private FactPlace Locate(ChartTerms chart, int term)
    {
        var place = new FactPlace(term, default, "", -1, 0);
        bool isLinked = false;
        for (int i = _sample.Positions.Count - 1; i >= 0; i--)
        {
            int position = _sample.Positions[i];
            bool isHere = false;
            foreach (var candidate in chart.Of(position))
            {
                if (candidate.Term != term || candidate.VisibleFrom > _sample.KnownUpTo)
                    continue;
                isHere = true;
                bool links = !_links.Of(candidate.Kind, term).IsEmpty;
                if (place.Position < 0 || (links && !isLinked))
                    place = place with { Kind = candidate.Kind, Position = position };
                isLinked |= links;
            }

            if (isHere)
                place = place with { Events = place.Events + 1 };
        }

        place = place with { Text = chart.TextOf(place.Position, term, place.Kind) };
        return place.Kind == TermKind.Note && chart.SpellingOf(place.Position, term) is var spelling && spelling != place.Text ? place with { Spelling = spelling } : place;
    }

    /// <summary>What the items of a task's answers name.</summary>
    public static TermKind KindOf(TaskDefinition task)
    {
        var type = EventCatalog.Get(task.AnchorEvent!);
        return EventTerms.KindOf(type, type[task.TargetFields[0]]);
    }
}
