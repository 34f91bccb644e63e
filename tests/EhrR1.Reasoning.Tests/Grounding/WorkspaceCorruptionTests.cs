using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>
/// The same promise as <see cref="CorruptionTests"/>, measured on the samples of a whole workspace: run it with <c>--explicit only</c> and
/// <c>EHR_R1_WORKSPACE</c> naming one with graphs. Chains are those of the narrator, and those that <see cref="TrueChain"/> words.
/// </summary>
public sealed class WorkspaceCorruptionTests
{
    private const int MostSamples = 3000;
    private const int PlacesEach = 8;

    [Fact(Explicit = true)]
    public void Check_ChainsOfAWorkspace_FindsNinetyFiveInAHundredAndDoubtsFewerThanOne()
    {
        var folder = Environment.GetEnvironmentVariable("EHR_R1_WORKSPACE");
        Assert.SkipWhen(folder is null, "EHR_R1_WORKSPACE names no workspace with graphs.");
        using var workspace = Workspace.Open(folder!);
        var vocabulary = new GroundingVocabulary();
        var graphs = Directory.EnumerateFiles(workspace.PathOf("graphs"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(GraphJson.Parse).ToDictionary(g => g.Id, StringComparer.Ordinal);
        foreach (var graph in graphs.Values)
            vocabulary.Add(graph);
        using var index = TaskIndexStore.Open(workspace);
        vocabulary.Add(index.Labels);
        var words = WordsOf(index.Labels, graphs.Values);
        var check = new GroundingCheck(vocabulary);
        var tried = new SortedDictionary<PlaceKind, (int All, int Missed)>();
        int written = 0, doubted = 0, narrated = 0, doubtedOfNarrator = 0;
        var examples = new List<string>();
        foreach (var (sample, graph) in SamplesOf(workspace, index, graphs))
        {
            var chain = TrueChain.Write(sample, graph, written);
            var result = check.Check(sample, graph, Parse(chain.Text));
            // Half of what a workspace holds has no event that the writer quotes.
            if (result.Faults.Any(f => f.Kind == GroundingFaultKind.NothingCited))
                continue;
            written++;
            if (!result.IsGrounded)
            {
                doubted++;
                examples.Add($"{sample.Id}: {string.Join("; ", result.Faults)}");
            }

            if (Narrator.CanTell(sample.Task) && new Narrator().Tell(sample, graph) is { } told)
            {
                narrated++;
                doubtedOfNarrator += check.Check(sample, graph, ChainParser.Parse(told)).IsGrounded ? 0 : 1;
            }

            var random = new Random(written);
            foreach (var place in chain.Places.OrderBy(_ => random.Next()).Take(PlacesEach))
            {
                if (Corrupter.Corrupt(new GroundedCase(sample, graph), chain, place, random, words) is not { } text)
                    continue;
                var (all, missed) = tried.GetValueOrDefault(place.Kind);
                bool isMissed = check.Check(sample, graph, Parse(text)).IsGrounded;
                tried[place.Kind] = (all + 1, missed + (isMissed ? 1 : 0));
                if (isMissed && examples.Count < 60)
                    examples.Add($"missed {place.Kind} of {sample.Id}: {chain.Text.AsSpan(place.Span.Start, place.Span.Length)}");
            }
        }

        int changed = tried.Values.Sum(t => t.All), lost = tried.Values.Sum(t => t.Missed);
        var report = $"{written} true chains, {doubted} doubted ({(double)doubted / written:P2}); {narrated} narrated, {doubtedOfNarrator} doubted; {changed} changed, {lost} missed ({1 - ((double)lost / changed):P2} found): "
            + string.Join(", ", tried.Select(t => $"{t.Key} {t.Value.Missed}/{t.Value.All}")) + "\n" + string.Join("\n", examples);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        if (Environment.GetEnvironmentVariable("EHR_R1_REPORT") is { } file)
            File.WriteAllText(file, report);
        ((double)doubted / written).ShouldBeLessThan(0.01, report);
        ((double)doubtedOfNarrator / narrated).ShouldBeLessThan(0.01, report);
        ((double)lost / changed).ShouldBeLessThan(0.05, report);
    }

    private static ParsedChain Parse(string text) => ChainParser.Parse(text, ChainTemplates.Get(""));

    private static IEnumerable<(Sample Sample, ThinkingGraph Graph)> SamplesOf(Workspace workspace, TaskIndexStore index, Dictionary<string, ThinkingGraph> graphs)
    {
        var charts = ChartStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes);
        int every = Math.Max(1, graphs.Count / MostSamples), count = 0;
        for (int shard = 0; shard < charts.ShardCount; shard++)
        {
            foreach (var (chart, rows) in index.ReadByPatient(charts, shard, null, null))
            {
                foreach (var row in rows.Where(r => graphs.ContainsKey(r.Id)))
                {
                    if (count++ % every == 0)
                        yield return (builder.Build(chart, row), graphs[row.Id]);
                }
            }
        }
    }

    private static GroundedWords WordsOf(LabelCounts labels, IEnumerable<ThinkingGraph> graphs)
    {
        var byType = TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && t.AnchorEvent is not null && !t.IsFreeText)
            .GroupBy(t => t.AnchorEvent!).ToDictionary(g => g.Key, g => g.SelectMany(t => labels.VocabularyOf(t.Name)).Select(l => l.Key).Distinct(StringComparer.OrdinalIgnoreCase).Where(l => l.Length > 2).ToList(), StringComparer.Ordinal);
        var all = byType.Values.SelectMany(v => v).ToList();
        return new(
            [.. EventCatalog.Types.Where(t => t.IsShown).Select(t => t.DisplayName), "Blood Bank Events"],
            [.. GroundedCase.Units, "mcg", "mL/hour"],
            type => byType.GetValueOrDefault(type, all),
            [.. graphs.SelectMany(g => g.Edges).SelectMany(e => e.Paths).SelectMany(p => p.Where((_, i) => i % 2 == 0)).Distinct(StringComparer.OrdinalIgnoreCase)],
            all);
    }
}
