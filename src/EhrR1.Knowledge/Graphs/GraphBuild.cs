using System.Text;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Makes the thinking graphs of all samples of a split, shard by shard, and writes those that have an edge as JSON Lines.</summary>
/// <remarks>Memory holds a shard of charts a thread, the pairs and the paths found, whatever the number of patients. The bytes do not depend on the number of threads.</remarks>
public static class GraphBuild
{
    private const int MostMisses = 50;

    /// <summary>The file's name with a shard's graphs.</summary>
    public static string FileOf(string split, int shard) => $"{split}-{shard:0000}.jsonl";

    /// <summary>Makes and writes the graphs.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="folder">The folder to write to; graphs of the split that are there are replaced.</param>
    /// <param name="termsPath">The links that <see cref="ConceptBuild"/> wrote.</param>
    /// <param name="pairsPath">The pairs that <see cref="LiftBuild"/> wrote.</param>
    /// <param name="terminology">The terminology that the terms were linked to.</param>
    /// <param name="options">The settings.</param>
    /// <param name="notes">The concepts in the free texts of a shard.</param>
    /// <param name="progress">Receives how many patients are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EhrR1Exception">Something that the graphs are made of is missing or damaged, or the disk is full.</exception>
    public static GraphSummary Build(
        Workspace workspace, string folder, string termsPath, string pairsPath, Terminology terminology, GraphOptions options, Func<int, NoteTerms> notes, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        var sources = GraphSources.Read(termsPath, pairsPath, terminology, options);
        var charts = ChartStore.Open(workspace);
        Workspace.CreateFolder(folder);
        foreach (var old in Directory.EnumerateFiles(folder, $"{options.Split}-*.jsonl*"))
            File.Delete(old);
        var sum = new GraphCoverage();
        var gate = new Lock();
        long done = 0;
        ParallelWork.For(charts.ShardCount, options.Threads, shard =>
        {
            var coverage = new GraphCoverage();
            AtomicFile.Write(Path.Combine(folder, FileOf(options.Split, shard)), stream =>
            {
                using var lines = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
                foreach (var graph in Graphs(workspace, shard, sources, notes(shard), coverage, Report, cancellationToken))
                    lines.Write(GraphJson.ToLine(graph) + "\n");
            });
            lock (gate)
                sum.Add(coverage);
        }, cancellationToken);
        return sum.Summary(sources.Terms, MostMisses);

        void Report() => progress?.Report(new StageProgress("Making graphs", Interlocked.Increment(ref done), charts.Subjects.Count));
    }

    /// <summary>Makes the graph of one sample, or <see langword="null"/> where no fact of its record leads to its answer.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="id">The sample's id.</param>
    /// <param name="termsPath">As in <see cref="Build"/>.</param>
    /// <param name="pairsPath">As in <see cref="Build"/>.</param>
    /// <param name="terminology">As in <see cref="Build"/>.</param>
    /// <param name="options">The settings.</param>
    /// <param name="notes">The concepts in the free texts of a shard.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EhrR1Exception">There is no such sample, it has no items, or something that the graph is made of is missing or damaged.</exception>
    public static ThinkingGraph? Of(Workspace workspace, string id, string termsPath, string pairsPath, Terminology terminology, GraphOptions options, Func<int, NoteTerms> notes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(notes);
        using var index = TaskIndexStore.Open(workspace);
        var row = index.Find(id, cancellationToken);
        if (row.Definition.Kind != TaskKind.Decision || row.Definition.TargetFields.Count == 0 || row.Definition.IsFreeText)
            throw new EhrR1Exception($"A sample of the task {row.Task} has no thinking graph: its answer names no items", id, "Name a sample of a decision task");
        var charts = ChartStore.Open(workspace);
        var subject = charts.Subjects.First(s => s.SubjectId == row.SubjectId);
        var sources = GraphSources.Read(termsPath, pairsPath, terminology, options);
        var builder = new GraphBuilder(sources, workspace.Profile, index.Manifest.HasDischargeNotes);
        var graph = builder.Build(new ChartTerms(charts.Read(row.SubjectId, cancellationToken)!, sources.Terms, notes(subject.Shard)), row, new GraphCoverage(), cancellationToken);
        return graph.Edges.Count > 0 ? graph : null;
    }

    private static IEnumerable<ThinkingGraph> Graphs(Workspace workspace, int shard, GraphSources sources, NoteTerms notes, GraphCoverage coverage, Action report, CancellationToken cancellationToken)
    {
        using var index = TaskIndexStore.Open(workspace);
        var builder = new GraphBuilder(sources, workspace.Profile, index.Manifest.HasDischargeNotes);
        var tasks = TaskCatalog.Tasks.Where(t => t.TargetFields.Count > 0 && !t.IsFreeText && (sources.Options.Tasks?.Contains(t.Name) ?? !t.IsExtra)).Select(t => t.Name).ToList();
        foreach (var (chart, rows) in index.ReadByPatient(ChartStore.Open(workspace), shard, tasks, sources.Options.Split, cancellationToken))
        {
            var terms = new ChartTerms(chart, sources.Terms, notes);
            foreach (var row in rows)
            {
                var graph = builder.Build(terms, row, coverage, cancellationToken);
                if (graph.Edges.Count > 0)
                    yield return graph;
            }

            report();
        }
    }
}
