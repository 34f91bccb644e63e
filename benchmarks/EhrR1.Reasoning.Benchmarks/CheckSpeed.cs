using System.Globalization;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>How many chains are read and checked a second on one core, inputs and graphs in memory and indexed anew in each round.</summary>
internal static class CheckSpeed
{
    private const int Measured = 5;

    public static int Measure(string workspace, string chainsFolder, int leastInput)
    {
        var path = Path.Combine(chainsFolder, ChainCheckRun.ChainsFile);
        var chains = File.ReadLines(path).Select((l, i) => ReasoningChainJson.Parse(l, path, i + 1)).ToLookup(c => c.SampleId, StringComparer.Ordinal);
        var samples = GraphedSamples.Read(workspace, chains.Contains, leastInput);
        int count = samples.Samples.Sum(s => chains[s.Sample.Id].Count());
        var rounds = Rounds.Of(Measured, () =>
        {
            var check = new GroundingCheck(samples.Vocabulary);
            foreach (var (sample, graph) in samples.Samples)
            {
                // A copy is a sample that was not met before: its input and its graph are indexed again.
                var (fresh, freshGraph) = (sample with { }, graph is null ? null : graph with { });
                foreach (var chain in chains[sample.Id])
                    check.Check(fresh, freshGraph, ChainParser.Parse(chain));
            }
        });
        Console.WriteLine("| chains | of samples | characters of an input | of a chain | chains a second of one core | lowest – highest | by the clock | load |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} | {samples.Samples.Count:N0} | {samples.Characters:N0} | {samples.Samples.SelectMany(s => chains[s.Sample.Id]).Average(c => c.Chain.Length):N0} | {rounds.Cells(count)} |"));
        return 0;
    }
}
