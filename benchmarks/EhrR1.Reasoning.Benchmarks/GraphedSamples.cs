using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>Samples of a workspace with their thinking graphs, in memory, and the names of all its graphs.</summary>
internal sealed record GraphedSamples(IReadOnlyList<(Sample Sample, ThinkingGraph? Graph)> Samples, GroundingVocabulary Vocabulary)
{
    public double Characters => Samples.Average(s => s.Sample.Input.Length);

    /// <summary>Reads samples.</summary>
    /// <param name="folder">The workspace.</param>
    /// <param name="isWanted">Which samples.</param>
    /// <param name="leastInput">How long an input must be at least.</param>
    /// <param name="most">About how many are taken, spread over all.</param>
    public static GraphedSamples Read(string folder, Func<string, bool>? isWanted = null, int leastInput = 0, int most = 1500)
    {
        using var workspace = Workspace.Open(folder);
        var vocabulary = new GroundingVocabulary();
        var graphs = new Dictionary<string, ThinkingGraph>(StringComparer.Ordinal);
        foreach (var graph in Directory.EnumerateFiles(workspace.PathOf("graphs"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(GraphJson.Parse))
        {
            vocabulary.Add(graph);
            graphs[graph.Id] = graph;
        }

        using var index = TaskIndexStore.Open(workspace);
        vocabulary.Add(index.Labels);
        var charts = ChartStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes);
        var samples = new List<(Sample, ThinkingGraph?)>();
        for (int shard = 0; shard < charts.ShardCount; shard++)
        {
            foreach (var (chart, rows) in index.ReadByPatient(charts, shard, null, null))
            {
                foreach (var row in rows.Where(r => isWanted?.Invoke(r.Id) ?? graphs.ContainsKey(r.Id)))
                {
                    if (builder.Build(chart, row) is var sample && sample.Input.Length >= leastInput)
                        samples.Add((sample, graphs.GetValueOrDefault(row.Id)));
                }
            }
        }

        // Spread over all patients and tasks.
        int every = Math.Max(1, samples.Count / most);
        return new GraphedSamples([.. samples.Where((_, i) => i % every == 0)], vocabulary);
    }
}
