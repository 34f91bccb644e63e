using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>How many chains are read and checked a second on one core, inputs and graphs in memory and indexed anew in each round.</summary>
internal static class CheckSpeed
{
    private const int MostSamples = 3000;
    private const int Rounds = 7;

    public static int Measure(string workspaceFolder, string chainsFolder, int leastInput)
    {
        using var workspace = Workspace.Open(workspaceFolder);
        var vocabulary = new GroundingVocabulary();
        var graphs = new Dictionary<string, ThinkingGraph>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(workspace.PathOf("graphs"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var graph in File.ReadLines(file).Select(GraphJson.Parse))
            {
                vocabulary.Add(graph);
                graphs[graph.Id] = graph;
            }
        }

        var path = Path.Combine(chainsFolder, ChainCheckRun.ChainsFile);
        var chains = File.ReadLines(path).Select((l, i) => ReasoningChainJson.Parse(l, path, i + 1)).ToLookup(c => c.SampleId, StringComparer.Ordinal);
        var samples = Samples(workspace, vocabulary, chains, leastInput);
        int count = samples.Sum(s => chains[s.Id].Count());
        Console.WriteLine($"{samples.Count} samples with inputs of {samples.Average(s => s.Input.Length):#,0} characters, {count} chains of {samples.SelectMany(s => chains[s.Id]).Average(c => c.Chain.Length):#,0}, vocabulary of {vocabulary.Count:#,0} names");
        for (int round = 0; round < Rounds; round++)
        {
            var check = new GroundingCheck(vocabulary);
            // A copy is a sample that was not met before: its input is indexed again.
            var fresh = samples.ConvertAll(s => (Sample: s with { }, Graph: graphs.TryGetValue(s.Id, out var g) ? g with { } : null));
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            foreach (var (sample, graph) in fresh)
            {
                foreach (var chain in chains[sample.Id])
                    check.Check(sample, graph, ChainParser.Parse(chain));
            }

            // The processor's time, so that a busy neighbour does not count.
            double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            Console.WriteLine($"{count / seconds:#,0} chains a second a core, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / 1024.0 / count:0} KiB a chain");
        }

        return 0;
    }

    private static List<Sample> Samples(Workspace workspace, GroundingVocabulary vocabulary, ILookup<string, ReasoningChain> chains, int leastInput)
    {
        using var index = TaskIndexStore.Open(workspace);
        vocabulary.Add(index.Labels);
        var charts = ChartStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes);
        var samples = new List<Sample>();
        for (int shard = 0; shard < charts.ShardCount && samples.Count < MostSamples; shard++)
        {
            foreach (var (chart, rows) in index.ReadByPatient(charts, shard, null, null))
                samples.AddRange(rows.Where(r => chains.Contains(r.Id)).Select(r => builder.Build(chart, r)).Where(s => s.Input.Length >= leastInput));
        }

        return samples;
    }
}
