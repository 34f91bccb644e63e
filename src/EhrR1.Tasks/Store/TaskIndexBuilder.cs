using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Builds the task index of a workspace from its charts, shard by shard, in two passes: first the labels are counted, then rows are written with their weights.</summary>
/// <remarks>
/// Memory holds a shard a thread and the labels' counts, whatever the number of patients. The bytes do not depend on the number of threads.
/// Where the source brought its own samples (<see cref="PublishedIndexSchema"/>), the index holds these and no others, in the splits of the source.
/// </remarks>
public static class TaskIndexBuilder
{
    private const int MostRowsKept = 400_000;
    private const int ChartsAhead = 8;

    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n" };

    /// <summary>Builds the index into the workspace's folder <c>tasks</c>; what was there is replaced.</summary>
    /// <param name="workspace">The workspace, with charts; open for writing.</param>
    /// <param name="options">The settings.</param>
    /// <param name="progress">Receives how many patients are done, over both passes.</param>
    /// <param name="cancellationToken">Stops between two patients.</param>
    /// <returns>What the index says of itself.</returns>
    /// <exception cref="EhrR1Exception">The workspace has no charts, or the disk is full.</exception>
    public static TaskIndexManifest Build(Workspace workspace, TaskIndexBuildOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var folder = workspace.PathOf(TaskIndexSchema.Folder);
        Workspace.CreateFolder(folder);
        File.Delete(Path.Combine(folder, TaskIndexSchema.ManifestFile));
        var charts = ChartStore.Open(workspace);
        var indexer = new TaskIndexer(new TaskIndexOptions
        {
            Profile = workspace.Profile,
            HasDischargeNotes = HasDischargeNotes(workspace, charts.ShardCount),
            Tasks = options.Tasks,
            Split = new PatientSplit { Seed = workspace.Manifest.Seed, TestShare = options.TestShare, FewShotShare = options.FewShotShare },
        });
        var run = new Run(workspace, indexer, charts.Subjects, Math.Max(1, options.Threads / Math.Max(1, charts.ShardCount)), progress);
        ParallelWork.For(charts.ShardCount, options.Threads, shard => run.Count(shard, cancellationToken), cancellationToken);
        using (var labels = new IndexShardWriter())
            labels.WriteLabels(Path.Combine(folder, TaskIndexSchema.LabelsFile), run.Counts);
        ParallelWork.For(charts.ShardCount, options.Threads, shard => run.Write(shard, folder, cancellationToken), cancellationToken);
        DropLeftovers(folder, charts.ShardCount);
        var manifest = run.Manifest(charts.ShardCount);
        AtomicFile.WriteText(Path.Combine(folder, TaskIndexSchema.ManifestFile), JsonSerializer.Serialize(manifest, Json) + "\n");
        return manifest;
    }

    // What counts is the source as a whole: chosen patients may well have no note.
    private static bool HasDischargeNotes(Workspace workspace, int shards) => workspace.Stage("charts")?.Counts["tables"] is JsonObject tables
        ? (long?)tables["discharge"]?["rows_in"] > 0
        : Enumerable.Range(0, shards).Any(shard => File.Exists(workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(EventCatalog.Get("discharge"), shard))));

    private static void DropLeftovers(string folder, int shards)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.parquet").Where(f => int.TryParse(Path.GetFileNameWithoutExtension(f), out var shard) && shard >= shards))
            File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(folder, "*" + AtomicFile.TemporaryEnding))
            File.Delete(file);
    }

    private sealed class Run(Workspace workspace, TaskIndexer indexer, IReadOnlyList<ChartSubject> patients, int threads, IProgress<StageProgress>? progress)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, (long Samples, long Positives)> _sizes = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<int, IReadOnlyList<TaskIndexRow>> _kept = [];
        private long _done;
        private long _keptRows;

        public LabelCounts Counts { get; } = new();

        public void Count(int shard, CancellationToken cancellationToken)
        {
            var counts = new LabelCounts();
            var sizes = new Dictionary<string, (long Samples, long Positives)>(StringComparer.Ordinal);
            List<TaskIndexRow>? kept = [];
            foreach (var row in Rows(shard, cancellationToken))
            {
                Keep(ref kept, row);
                counts.Add(row);
                var (samples, positives) = sizes.GetValueOrDefault(row.Task);
                sizes[row.Task] = (samples + 1, positives + (row.Definition.Kind == TaskKind.Risk && row.Labels[0] == "yes" ? 1 : 0));
            }

            if (kept is not null)
                _kept[shard] = kept;
            lock (_gate)
            {
                Counts.Add(counts);
                foreach (var (task, size) in sizes)
                {
                    var (samples, positives) = _sizes.GetValueOrDefault(task);
                    _sizes[task] = (samples + size.Samples, positives + size.Positives);
                }
            }
        }

        public void Write(int shard, string folder, CancellationToken cancellationToken)
        {
            using var writer = new IndexShardWriter();
            if (_kept.TryRemove(shard, out var kept))
                Report(patients.Count(p => p.Shard == shard));
            writer.WriteRows(Path.Combine(folder, TaskIndexSchema.FileOf(shard)), kept ?? Rows(shard, cancellationToken), Counts);
        }

        // A small index need not be made twice: its rows wait in memory, up to a number that no hospital's size changes.
        private void Keep(ref List<TaskIndexRow>? kept, TaskIndexRow row)
        {
            if (kept is null)
                return;
            if (Interlocked.Increment(ref _keptRows) <= MostRowsKept)
                kept.Add(row);
            else
                kept = null;
        }

        public TaskIndexManifest Manifest(int shards)
        {
            var tasks = TaskCatalog.Tasks.Where(t => _sizes.ContainsKey(t.Name)).ToList();
            return new TaskIndexManifest
            {
                Profile = ChartProfileNames.NameOf(indexer.Options.Profile),
                Split = indexer.Options.Split,
                HasDischargeNotes = indexer.Options.HasDischargeNotes,
                Shards = shards,
                Samples = tasks.ToDictionary(t => t.Name, t => _sizes[t.Name].Samples),
                Positives = tasks.Where(t => t.Kind == TaskKind.Risk).ToDictionary(t => t.Name, t => _sizes[t.Name].Positives),
            };
        }

        private List<TaskIndexRow> Published(PatientChart chart, IEnumerable<PublishedSample> samples)
        {
            var timeline = new ChartTimeline(chart);
            return [.. samples.Where(s => indexer.Options.Tasks?.Contains(s.Task, StringComparer.Ordinal) != false).Select(s => PublishedRows.Of(timeline, s))];
        }

        private void Report(int patientsDone)
            => progress?.Report(new StageProgress("Indexing tasks", Interlocked.Add(ref _done, patientsDone) / 2, patients.Count));

        private IEnumerable<TaskIndexRow> Rows(int shard, CancellationToken cancellationToken)
        {
            var charts = ChartStore.Open(workspace);
            var published = PublishedIndexReader.Exists(workspace) ? PublishedIndexReader.Read(workspace, shard) : null;
            foreach (var batch in charts.ReadShard(shard, cancellationToken).Chunk(1 + (ChartsAhead * (threads - 1))))
            {
                var rows = new IReadOnlyList<TaskIndexRow>[batch.Length];
                ParallelWork.For(batch.Length, threads, i => rows[i] = published is null ? indexer.Index(batch[i]) : Published(batch[i], published[batch[i].SubjectId]), cancellationToken);
                foreach (var row in rows.SelectMany(r => r))
                    yield return row;
                Report(batch.Length);
            }
        }
    }
}
