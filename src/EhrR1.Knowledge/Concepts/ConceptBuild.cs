using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Finds the concepts of every event of a workspace: those of its structured terms, and those that its free texts name.</summary>
/// <remarks>Memory holds a shard of charts a thread and the different terms, whatever the number of patients. The bytes do not depend on the number of threads.</remarks>
public static class ConceptBuild
{
    /// <summary>Finds and writes the concepts: <see cref="ConceptFiles.Terms"/> and a file a shard.</summary>
    /// <param name="workspace">The workspace, with charts.</param>
    /// <param name="folder">The folder to write to; concepts that are there are replaced.</param>
    /// <param name="terminology">The terminology.</param>
    /// <param name="options">The settings.</param>
    /// <param name="progress">Receives how many patients are done.</param>
    /// <param name="cancellationToken">Stops between two patients.</param>
    /// <exception cref="EhrR1Exception">The workspace has no charts, or the disk is full.</exception>
    public static ConceptSummary Build(Workspace workspace, string folder, Terminology terminology, ConceptBuildOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        Workspace.CreateFolder(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.parquet*"))
            File.Delete(old);
        var links = new LinkCache(terminology, options.Links);
        var notes = new NoteMatcher(terminology, PatientTypes.In(terminology, options.Notes));
        var charts = ChartStore.Open(workspace);
        var sum = new ConceptTally();
        var gate = new Lock();
        long done = 0;
        ParallelWork.For(charts.ShardCount, options.Threads, shard =>
        {
            var tally = new ConceptTally();
            using (var writer = new ConceptWriter(Path.Combine(folder, ConceptFiles.FileOf(shard))))
            {
                var concepts = new ShardConcepts(terminology, links, notes, tally, writer);
                foreach (var chart in ChartStore.Open(workspace).ReadShard(shard, cancellationToken))
                {
                    concepts.Add(chart);
                    progress?.Report(new StageProgress("Finding concepts", Interlocked.Increment(ref done), charts.Subjects.Count));
                }

                writer.Finish();
            }

            lock (gate)
                sum.Add(tally);
        }, cancellationToken);
        TermWriter.Write(Path.Combine(folder, ConceptFiles.Terms), sum, links, terminology);
        return new ConceptSummary(sum.Events, sum.EventsWithConcepts, sum.Notes, sum.Mentions, sum.AssertedMentions, Coverage(sum, links).Fields(options.Misses));
    }

    private static LinkCoverage Coverage(ConceptTally tally, LinkCache links)
    {
        var coverage = new LinkCoverage();
        foreach (var ((type, field, term), rows) in tally.Rows)
        {
            var linked = links.Of(term);
            coverage.Add(type, field, term.Text, linked.Way, linked.ByText, rows);
        }

        return coverage;
    }
}
