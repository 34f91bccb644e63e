using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests;

/// <summary>A folder of chains checked against a workspace of hand-made charts.</summary>
public sealed class ChainCheckRunTests : IDisposable
{
    private const string Good = "## Extraction\n**Medrecon [2150-03-10 04:00:00]**: lasix.\n## Reasoning\nFurosemide may treat Heart failure, which may be treated by Digoxin.\n## Final Results\nDigoxin";

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;
    private readonly List<string> _ids = [];

    public ChainCheckRunTests()
    {
        PatientChart[] charts = [.. Enumerable.Range(1, 3).Select(i => new ChartBuilder(i).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1)
            .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", i == 3 ? "keppra" : "lasix"), ("ATC Type", "loop diuretics"))
            .Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin")).Build(ChartProfile.EhrBench))];
        _workspace = TinyWorkspace.Create(_folder.PathOf("w"), ChartProfile.EhrBench, charts);
        TaskIndexBuilder.Build(_workspace, new TaskIndexBuildOptions());
        using var index = TaskIndexStore.Open(_workspace);
        Directory.CreateDirectory(_workspace.PathOf("graphs"));
        foreach (var (row, shard) in index.ReadTask("prescriptions").Select((r, i) => (r, i)))
        {
            _ids.Add(row.Id);
            var graph = new ThinkingGraph
            {
                Id = row.Id,
                Task = row.Task,
                SubjectId = row.SubjectId,
                PredictionTime = row.PredictionTime,
                Targets = [new GraphTarget("Digoxin", "D:1", "Digoxin")],
                Facts = [new GraphFact("lasix", TermKind.Drug, "D:2", "Furosemide", "medrecon", HandMade.At(4), 3, 1)],
                Edges = [new GraphEdge(0, 0, 9, 5, [["Furosemide", "may treat", "Heart failure", "may be treated by", "Digoxin"]])],
            };
            File.WriteAllText(_workspace.PathOf("graphs", $"train-{shard:0000}.jsonl"), GraphJson.ToLine(graph) + "\n");
        }

        Directory.CreateDirectory(_folder.PathOf("c"));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_ChainsGoodAndBad_WritesMeasuresAndKeepsApartWhatIsNone()
    {
        var report = Run(
            Line(0, "a", Good),
            Line(0, "b", Good.Replace("lasix", "keppra", StringComparison.Ordinal)),
            Line(1, "c", "I'm sorry, but I cannot help with this."),
            Line(1, "d", Good.Replace("## Final Results\nDigoxin", "## Final Results\nAspirin", StringComparison.Ordinal)),
            Line(2, "e", Good.Replace("## Extraction", "## Summary", StringComparison.Ordinal).Replace("## Reasoning", "## Plan", StringComparison.Ordinal).Replace("## Final Results", "## Orders", StringComparison.Ordinal)),
            "{\"sample_id\":\"prescriptions-99-0123456789abcdef\",\"chain\":\"## Final Results\\nDigoxin\",\"answer\":\"Digoxin\"}",
            Line(2, "f", Good).Replace("\"teacher\"", "\"finish_reason\":\"length\",\"teacher\"", StringComparison.Ordinal));
        report.Chains.ShouldBe(7);
        report.Apart.ShouldBe(new Dictionary<string, long> { ["cut_off"] = 1, ["no_sections"] = 1, ["other_sections"] = 1, ["refusal"] = 1, ["unknown_sample"] = 1 });
        report.OtherSections.Keys.ShouldBe(["Orders", "Plan", "Summary"]);
        report.Filter.ShouldBe(new Dictionary<string, long> { ["answer_share"] = 1 });
        report.Faults.ShouldBe(new Dictionary<string, long> { ["item_not_in_record"] = 1, ["wrong_item"] = 1 });
        var all = report.Tasks[^1];
        (all.Task, all.Samples, all.WithGraph, all.SamplesAnswered, all.SamplesPassedFilter, all.SamplesPassedGrounding).ShouldBe(("all", 5, 4, 2, 1, 1));
        (all.Chains, all.Apart, all.PassedFilter, all.PassedGrounding).ShouldBe((7, 4, 2, 1));
        all.Means["answer_fidelity"]!.Value.ShouldBe(2 / 3.0, 1e-5);
        report.Worst.ShouldBe(["d", "b", "a"]);
        Lines("checked.jsonl").Select(l => (l["id"]!.ToString(), (bool)l["best"]!)).ShouldBe([("a", true), ("b", false), ("d", true)]);
        Lines("checked.jsonl")[1]["faults"]!.AsArray().Single()!["kind"]!.ToString().ShouldBe("item_not_in_record");
        Lines("apart.jsonl").Count.ShouldBe(4);
        JsonNode.Parse(File.ReadAllText(_folder.PathOf("c", "check.json")))!["chains"]!.GetValue<long>().ShouldBe(7);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void Run_OtherBatchesAndThreads_GiveTheSameBytes(int atOnce, int threads)
    {
        string[] lines = [.. Enumerable.Range(0, 12).Select(i => Line(i / 2 % 3, $"{i}", i % 5 == 0 ? Good : Good.Replace("lasix", "keppra", StringComparison.Ordinal)))];
        Run(lines);
        var files = new[] { "checked.jsonl", "apart.jsonl", "check.json" }.Select(f => File.ReadAllText(_folder.PathOf("c", f))).ToList();
        ChainCheckRun.Run(_folder.PathOf("c"), _workspace, new ChainCheckOptions { ChainsAtOnce = atOnce, Threads = threads });
        new[] { "checked.jsonl", "apart.jsonl" }.Select(f => File.ReadAllText(_folder.PathOf("c", f))).ShouldBe(files.Take(2));
    }

    [Fact]
    public void Run_WithoutChainsOrWithABrokenLine_SaysWhere()
    {
        Should.Throw<EhrR1Exception>(() => ChainCheckRun.Run(_folder.PathOf("c"), _workspace, new ChainCheckOptions())).Message.ShouldContain("no chains.jsonl");
        Should.Throw<EhrR1Exception>(() => Run(Line(0, "a", Good), "{\"chain\":")).Message.ShouldContain("line 2");
        Should.Throw<EhrR1Exception>(() => Run("{\"chain\":\"x\"}")).Message.ShouldContain("sample_id");
        File.Exists(_folder.PathOf("c", "checked.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public void ToLine_OfAChain_ReadsBack()
    {
        var chain = new ReasoningChain { Id = "a-1", SampleId = "a", Chain = "x\n\"y\" µ", Answer = ["A", "B"], Teacher = "narrator", Template = "two-sided@1" };
        var back = ReasoningChainJson.Parse(ReasoningChainJson.ToLine(chain), "f", 1);
        back.Answer.ShouldBe(chain.Answer);
        (back with { Answer = chain.Answer }).ShouldBe(chain);
    }

    private ChainReport Run(params string[] lines)
    {
        File.WriteAllLines(_folder.PathOf("c", "chains.jsonl"), lines);
        return ChainCheckRun.Run(_folder.PathOf("c"), _workspace, new ChainCheckOptions());
    }

    private string Line(int sample, string id, string chain) =>
        ReasoningChainJson.ToLine(new ReasoningChain { Id = id, SampleId = _ids[sample], Chain = chain, Answer = ["Digoxin"], Teacher = "t" });

    private List<JsonNode> Lines(string file) => [.. File.ReadLines(_folder.PathOf("c", file)).Select(l => JsonNode.Parse(l)!)];
}
