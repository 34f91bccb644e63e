using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>The samples of a workspace that a teacher can explain, patient by patient: those with a thinking graph, and risks.</summary>
/// <remarks>Memory holds one shard of charts; graphs are read line by line beside them, since both stand in the order of the task index.</remarks>
public static class TaughtSamples
{
    /// <summary>Reads the samples of a split in the order of the task index.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="graphs">The folder with the graphs that <see cref="GraphBuild"/> wrote.</param>
    /// <param name="split">The split.</param>
    /// <param name="selection">The samples that were drawn, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two samples.</param>
    /// <exception cref="EhrR1Exception">Charts, index or graphs are missing, damaged or do not fit each other.</exception>
    public static IEnumerable<TaughtSample> Read(Workspace workspace, string graphs, string split, SampleSelection? selection = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        return Read(workspace, graphs, split, selection, risks: false, cancellationToken);
    }

    /// <summary>Reads the samples of a split in the order of the task index, those of risks among them, which have no graph.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="graphs">The folder with the graphs; <see langword="null"/> for the risks alone.</param>
    /// <param name="split">The split.</param>
    /// <param name="selection">The samples that were drawn, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two samples.</param>
    /// <exception cref="EhrR1Exception">Charts, index or graphs are missing, damaged or do not fit each other.</exception>
    public static IEnumerable<TaughtSample> ReadWithRisks(Workspace workspace, string? graphs, string split, SampleSelection? selection = null, CancellationToken cancellationToken = default) =>
        Read(workspace, graphs, split, selection, risks: true, cancellationToken);

    private static IEnumerable<TaughtSample> Read(Workspace workspace, string? graphs, string split, SampleSelection? selection, bool risks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, candidates: null, index.Manifest.HasDischargeNotes);
        for (int shard = 0; shard < charts.ShardCount; shard++)
        {
            var path = graphs is null ? null : FileOf(graphs, split, shard);
            using var lines = (path is null ? [] : File.ReadLines(path)).GetEnumerator();
            var next = Next(lines);
            foreach (var (chart, rows) in index.ReadByPatient(charts, shard, tasks: null, split, cancellationToken))
            {
                foreach (var row in rows)
                {
                    if (risks && row.Definition.Kind == TaskKind.Risk && selection?.Contains(row) != false)
                        yield return new TaughtSample(builder.Build(chart, row), null);
                    if (next?.Id != row.Id)
                        continue;
                    cancellationToken.ThrowIfCancellationRequested();
                    if (selection?.Contains(row) != false)
                        yield return new TaughtSample(builder.Build(chart, row), next);
                    next = Next(lines);
                }
            }

            if (next is not null)
                throw new EhrR1Exception("The thinking graphs do not fit the task index", $"{path}, {next.Id}", "Make them again with 'ehr-r1 graph'");
        }
    }

    /// <summary>The file with a shard's graphs, which must be there.</summary>
    internal static string FileOf(string graphs, string split, int shard)
    {
        var path = Path.Combine(graphs, GraphBuild.FileOf(split, shard));
        return File.Exists(path) ? path : throw new EhrR1Exception("The workspace has no thinking graphs for its charts", path, "Make them with 'ehr-r1 graph'");
    }

    private static ThinkingGraph? Next(IEnumerator<string> lines) => lines.MoveNext() ? GraphJson.Parse(lines.Current) : null;
}
