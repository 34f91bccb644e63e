using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Measures on a synthetic hospital's workspace how much of the hospital's truth thinking graphs recover, against Lift alone and paths alone.</summary>
/// <remarks>Holds all pairs that occur, so it is for hospitals of some thousand patients. Single-threaded; the same input gives the same figures.</remarks>
public static class RecoveryRun
{
    /// <summary>How many pairs paths alone are tried on.</summary>
    private const int PathPairs = 20_000;

    /// <summary>Measures.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="truth">The truth behind its hospital.</param>
    /// <param name="termsPath">As in <see cref="GraphBuild.Build"/>.</param>
    /// <param name="pairsPath">As in <see cref="GraphBuild.Build"/>.</param>
    /// <param name="terminology">As in <see cref="GraphBuild.Build"/>.</param>
    /// <param name="options">The settings of the graphs.</param>
    /// <param name="notes">The concepts in the free texts of a shard.</param>
    /// <param name="progress">Receives how many patients are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Over all pairs: Lift and path with these settings, with the paths as published (up to 10 edges, over any class), and Lift alone. Then, over every so-manieth pair: paths alone, with these settings and as published.</returns>
    public static (GraphRecovery All, GraphRecovery Some) Measure(
        Workspace workspace, HospitalTruth truth, string termsPath, string pairsPath, Terminology terminology, GraphOptions options, Func<int, NoteTerms> notes, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(notes);
        var sources = GraphSources.Read(termsPath, pairsPath, terminology, options);
        var published = new GraphPaths(terminology, sources.Links, new PathFinder(terminology), options with { MostInCommon = null });
        var walk = new Walk(workspace, sources, published, notes);
        walk.Run(progress, cancellationToken);

        var occurring = walk.Pairs(walk.Occurring.Keys);
        var all = GraphRecovery.Measure(truth, occurring,
        [
            new("Lift and path", walk.Pairs(walk.Graphs)),
            new("Lift and path, as published", walk.Pairs(walk.PublishedGraphs)),
            new("Lift alone", walk.Pairs(walk.Lift)),
        ], cancellationToken);
        var some = walk.Occurring.Select(p => (p.Key, Kinds: p.Value, Text: walk.Pair(p.Key)))
            .OrderBy(p => p.Text.Target, StringComparer.Ordinal).ThenBy(p => p.Text.History, StringComparer.Ordinal).ToList();
        int step = Math.Max(1, some.Count / PathPairs);
        some = [.. some.Where((_, i) => i % step == 0)];
        progress?.Report(new StageProgress("Searching paths", 0, some.Count, "pairs"));
        var few = GraphRecovery.Measure(truth, some.Select(p => p.Text).ToHashSet(),
        [
            new("paths alone", some.Where(p => Leads(sources.Paths, p.Key, p.Kinds)).Select(p => p.Text).ToHashSet()),
            new("paths alone, as published", some.Where(p => Leads(published, p.Key, p.Kinds)).Select(p => p.Text).ToHashSet()),
        ], cancellationToken);
        return (all, few);

        bool Leads(GraphPaths paths, (int Target, int History) pair, (TermKind Target, TermKind History) kinds) =>
            paths.Find((kinds.History, pair.History), (kinds.Target, pair.Target), cancellationToken) is not null;
    }

    /// <summary>Goes through the samples once and notes which pairs occur, and which Lift and the graphs take.</summary>
    private sealed class Walk(Workspace workspace, GraphSources sources, GraphPaths published, Func<int, NoteTerms> notes)
    {
        public Dictionary<(int Target, int History), (TermKind Target, TermKind History)> Occurring { get; } = [];

        public HashSet<(int Target, int History)> Lift { get; } = [];

        public HashSet<(int Target, int History)> Graphs { get; } = [];

        public HashSet<(int Target, int History)> PublishedGraphs { get; } = [];

        public void Run(IProgress<StageProgress>? progress, CancellationToken cancellationToken)
        {
            using var index = TaskIndexStore.Open(workspace);
            var charts = ChartStore.Open(workspace);
            var sample = new SampleTerms(sources.Terms, workspace.Profile, index.Manifest.HasDischargeNotes);
            long done = 0;
            for (int shard = 0; shard < charts.ShardCount; shard++)
            {
                var noteTerms = notes(shard);
                foreach (var (chart, rows) in index.ReadByPatient(charts, shard, [.. sources.Lift.Tasks], sources.Options.Split, cancellationToken))
                {
                    var terms = new ChartTerms(chart, sources.Terms, noteTerms);
                    foreach (var row in rows)
                        Add(sample, terms, row, cancellationToken);
                    progress?.Report(new StageProgress("Comparing with the truth", ++done, charts.Subjects.Count));
                }
            }
        }

        public HashSet<TermPair> Pairs(IEnumerable<(int Target, int History)> pairs) => [.. pairs.Select(Pair)];

        public TermPair Pair((int Target, int History) pair) => new(sources.Terms.Text(pair.Target), sources.Terms.Text(pair.History));

        private void Add(SampleTerms sample, ChartTerms chart, TaskIndexRow row, CancellationToken cancellationToken)
        {
            sample.Read(chart, row);
            var kind = GraphBuilder.KindOf(row.Definition);
            var kinds = new Dictionary<int, TermKind>();
            foreach (int position in sample.Positions)
            {
                foreach (var term in chart.Of(position))
                {
                    if (term.VisibleFrom <= sample.KnownUpTo)
                        kinds.TryAdd(term.Term, term.Kind);
                }
            }

            foreach (int target in sample.Targets)
            {
                foreach (int history in sample.History)
                {
                    if (history != target)
                        Occurring.TryAdd((target, history), (kind, kinds[history]));
                }

                int kept = 0;
                foreach (var entry in sources.Lift.Of(row.Task, target))
                {
                    if (kept == sources.Options.Top)
                        break;
                    if (entry.History == target || !kinds.TryGetValue(entry.History, out var factKind))
                        continue;
                    kept++;
                    Lift.Add((target, entry.History));
                    if (sources.Paths.Find((factKind, entry.History), (kind, target), cancellationToken) is not null)
                        Graphs.Add((target, entry.History));
                    if (published.Find((factKind, entry.History), (kind, target), cancellationToken) is not null)
                        PublishedGraphs.Add((target, entry.History));
                }
            }
        }
    }
}
