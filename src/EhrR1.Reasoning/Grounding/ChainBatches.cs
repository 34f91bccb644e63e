using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Reads chains in batches and checks a batch shard by shard.</summary>
internal static class ChainBatches
{
    /// <summary>A line of the file with the chain in it.</summary>
    public readonly record struct Row(JsonObject Line, ReasoningChain Chain);

    /// <summary>Reads the chains; those of a sample that stand together stay together.</summary>
    public static IEnumerable<IReadOnlyList<Row>> Read(string path, int atOnce)
    {
        var batch = new List<Row>();
        long number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var read = ReasoningChainJson.Object(line, path, number);
            var chain = ReasoningChainJson.Read(read, path, number);
            if (batch.Count >= atOnce && batch[^1].Chain.SampleId != chain.SampleId)
            {
                yield return batch;
                batch = [];
            }

            batch.Add(new Row(read, chain));
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Checks a batch; the outcomes stand in its order.</summary>
    public static IReadOnlyList<ChainOutcome> Check(IReadOnlyList<Row> batch, Workspace workspace, GroundingCheck check, ChainCheckOptions options, CancellationToken cancellationToken)
    {
        var outcomes = new ChainOutcome?[batch.Count];
        var shardOf = ChartStore.Open(workspace).Subjects.ToDictionary(s => s.SubjectId, s => s.Shard);
        var byShard = Enumerable.Range(0, batch.Count).ToLookup(i => SubjectOf(batch[i].Chain.SampleId) is { } subject && shardOf.TryGetValue(subject, out int shard) ? shard : -1);
        int[] shards = [.. byShard.Select(g => g.Key).Where(s => s >= 0).Order()];
        ParallelWork.For(shards.Length, options.Threads, i => CheckShard(shards[i], byShard[shards[i]].ToLookup(p => batch[p].Chain.SampleId, StringComparer.Ordinal), batch, outcomes, workspace, check, options, cancellationToken), cancellationToken);
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] ??= Outcome(batch[i], null, null, check, options, null, null);
        return outcomes!;
    }

    private static void CheckShard(int shard, ILookup<string, int> wanted, IReadOnlyList<Row> batch, ChainOutcome?[] outcomes, Workspace workspace, GroundingCheck check, ChainCheckOptions options, CancellationToken cancellationToken)
    {
        var ids = wanted.Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
        var graphs = GraphLines.Read(workspace, options.GraphFolder, shard, ids);
        using var index = TaskIndexStore.Open(workspace);
        // Before the rows: a store answers one question at a time.
        var vocabularies = new TaskVocabularies(index.Labels);
        var builder = new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes);
        var tasks = ids.Select(id => id.Split('-')[0]).Where(t => TaskCatalog.TryGet(t, out _)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (chart, rows) in index.ReadByPatient(ChartStore.Open(workspace), shard, tasks, null, cancellationToken))
        {
            foreach (var row in rows)
            {
                if (!ids.Contains(row.Id))
                    continue;
                var sample = builder.Build(chart, row);
                var vocabulary = vocabularies.Of(row.Task);
                foreach (int place in wanted[row.Id])
                    outcomes[place] = Outcome(batch[place], sample, graphs.GetValueOrDefault(row.Id), check, options, vocabulary, AnswerReader.NormalizeLabels(row.Labels));
            }
        }
    }

    private static ChainOutcome Outcome(Row row, Sample? sample, Knowledge.ThinkingGraph? graph, GroundingCheck check, ChainCheckOptions options, AnswerVocabulary? vocabulary, IReadOnlySet<string>? own)
    {
        var template = options.Titles.Of(ChainTemplates.Find(row.Chain.Template) ?? ChainTemplates.Get(ChainTemplates.Default));
        var parsed = ChainParser.Parse(row.Chain.Chain, template, row.Chain.Finish == FinishReason.Length, vocabulary, own);
        var filter = PublishedFilter.Check(parsed, sample?.Labels ?? row.Chain.Answer);
        return new ChainOutcome(row.Line, row.Chain, parsed, filter, sample is null ? null : check.Check(sample, graph, parsed), graph is not null);
    }

    /// <summary>The patient in a sample's id, or <see langword="null"/> where it is no such id.</summary>
    public static long? SubjectOf(string sample) => sample.Split('-') is [_, var subject, _] && long.TryParse(subject, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long id) ? id : null;
}
