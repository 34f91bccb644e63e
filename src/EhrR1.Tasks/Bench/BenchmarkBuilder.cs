using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Draws samples out of a workspace's task index and makes them, patient by patient.</summary>
public static class BenchmarkBuilder
{
    /// <summary>Draws samples; reads the index once, on all processors.</summary>
    /// <exception cref="EhrR1Exception">The workspace has no task index.</exception>
    public static SampleSelection Draw(Workspace workspace, DrawOptions options, CancellationToken cancellationToken = default)
    {
        int shards;
        using (var index = TaskIndexStore.Open(workspace))
            shards = index.Manifest.Shards;
        var draw = new SampleDraw(options);
        var workers = Math.Max(1, Math.Min(shards, Environment.ProcessorCount));
        ParallelWork.For(workers, workers, worker =>
        {
            using var index = TaskIndexStore.Open(workspace);
            for (var shard = worker; shard < shards; shard += workers)
            {
                foreach (var row in index.ReadShard(shard, options, cancellationToken))
                    draw.Offer(row);
            }
        }, cancellationToken);
        return draw.Select();
    }

    /// <summary>Makes the samples of a selection by ascending subject, in chart order; memory holds one shard of charts.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="selection">The samples that were drawn.</param>
    /// <param name="progress">Receives how many samples are made.</param>
    /// <param name="cancellationToken">Stops between two samples.</param>
    /// <exception cref="EhrR1Exception">Charts or index are missing, damaged or do not fit each other.</exception>
    public static IEnumerable<PatientSamples> Samples(Workspace workspace, SampleSelection selection, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var candidates = new CandidateMaker(index.Labels, workspace.Manifest.Seed);
        var builder = new SampleBuilder(workspace.Profile, candidates, index.Manifest.HasDischargeNotes);
        var done = 0L;
        for (var shard = 0; shard < index.Manifest.Shards; shard++)
        {
            var rows = index.ReadShard(shard, selection.Options, cancellationToken).Where(selection.Contains).ToLookup(r => r.SubjectId);
            if (rows.Count == 0)
                continue;
            foreach (var chart in charts.ReadShard(shard, cancellationToken))
            {
                var samples = new List<Sample>();
                foreach (var row in rows[chart.SubjectId])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    samples.Add(builder.Build(chart, row));
                    progress?.Report(new StageProgress("Making samples", ++done, selection.Count, "samples"));
                }

                if (samples.Count > 0)
                    yield return new PatientSamples(chart, samples);
            }
        }
    }

    /// <summary>Draws and writes EHR-Bench, audited for leakage.</summary>
    /// <param name="workspace">The workspace, with a task index.</param>
    /// <param name="folder">The folder that receives the files.</param>
    /// <param name="options">What to draw.</param>
    /// <param name="progress">Receives how many samples are made.</param>
    /// <param name="cancellationToken">Stops between two samples; nothing is left behind then.</param>
    /// <exception cref="EhrR1Exception">Charts or index are missing, or the folder cannot be written.</exception>
    public static BenchmarkResult Build(Workspace workspace, string folder, DrawOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var selection = Draw(workspace, options, cancellationToken);
        LeakageAudit audit;
        using (var index = TaskIndexStore.Open(workspace))
            audit = new LeakageAudit(workspace.Profile, index.Manifest.HasDischargeNotes);
        var samples = Samples(workspace, selection, progress, cancellationToken).SelectMany(patient =>
        {
            audit.Add(patient.Chart, patient.Samples);
            return patient.Samples;
        });
        var result = new BenchmarkResult(BenchmarkWriter.Write(folder, samples, cancellationToken), audit.Result());
        AtomicFile.WriteText(Path.Combine(folder, BenchmarkFiles.Audit), JsonSerializer.Serialize(result, TaskIndexBuilder.Json) + "\n");
        return result;
    }
}
