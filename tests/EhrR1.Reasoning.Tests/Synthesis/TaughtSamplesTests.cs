using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Reasoning.Tests.Narration;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests.Synthesis;

/// <summary>Which samples a teacher is asked about: those with a graph, risks where they are wanted, none with nothing to explain by.</summary>
public sealed class TaughtSamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public TaughtSamplesTests()
    {
        PatientChart[] charts = [.. Enumerable.Range(1, 3).Select(i => new ChartBuilder(i).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1)
            .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "lasix"), ("ATC Type", $"loop diuretics {i}"))
            .Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin")).Build(ChartProfile.EhrBench))];
        _workspace = TinyWorkspace.Create(_folder.PathOf("w"), ChartProfile.EhrBench, charts);
        TaskIndexBuilder.Build(_workspace, new TaskIndexBuildOptions());
        using var index = TaskIndexStore.Open(_workspace);
        var rows = index.ReadTask("prescriptions").ToList();
        Split = rows[0].Split;
        Count = rows.Count(r => r.Split == Split);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ReadWithRisks_GraphsAndRisks_StandInTheOrderOfTheIndex()
    {
        WriteGraphs();
        var all = Read(_workspace.PathOf("graphs"));
        var decisions = TaughtSamples.Read(_workspace, _workspace.PathOf("graphs"), Split, cancellationToken: TestContext.Current.CancellationToken).Select(t => t.Sample.Id).ToList();
        decisions.Count.ShouldBe(Count);
        all.Where(t => t.Graph is not null).Select(t => t.Sample.Id).ShouldBe(decisions);
        all.Where(t => t.Graph is null).ShouldAllBe(t => t.Sample.Task.Kind == TaskKind.Risk && t.Sample.Labels.Count == 1);
        using var index = TaskIndexStore.Open(_workspace);
        var wanted = all.Select(t => t.Sample.Id).ToHashSet();
        index.ReadAll(TestContext.Current.CancellationToken).Where(r => wanted.Contains(r.Id)).Select(r => r.Id).ShouldBe(all.Select(t => t.Sample.Id));
        index.ReadAll(TestContext.Current.CancellationToken).Count(r => r.Definition.Kind == TaskKind.Risk && r.Split == Split).ShouldBe(all.Count - Count);
    }

    [Fact]
    public void ReadWithRisks_WithoutGraphs_GivesTheRisksAlone()
    {
        var all = Read(graphs: null);
        all.ShouldNotBeEmpty();
        all.ShouldAllBe(t => t.Sample.Task.Kind == TaskKind.Risk);
    }

    [Fact]
    public async Task RunAsync_RisksAmongDecisions_AsksEachByItsOwnTemplate()
    {
        WriteGraphs();
        var asked = new Recording();
        var report = await SynthesisRun.RunAsync(() => Read(_workspace.PathOf("graphs")), asked, Teacher, _folder.PathOf("out"), new SynthesisOptions { Chains = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        report.Template.ShouldBe("with-knowledge@1, two-sided@1");
        report.Missing.ShouldBe(0);
        var chains = File.ReadLines(_folder.PathOf("out", SynthesisRun.ChainsFile)).Select((l, i) => ReasoningChainJson.Parse(l, "chains", i + 1)).ToList();
        chains.ShouldAllBe(c => c.Template == (TaskCatalog.Get(c.SampleId.Split('-', StringSplitOptions.None)[0]).Kind == TaskKind.Risk ? "two-sided@1" : "with-knowledge@1"));
        // Who knows the outcome writes the other side for form's sake.
        var risks = asked.Prompts.Where(p => p.Contains("Evidence against", StringComparison.Ordinal)).ToList();
        risks.Count.ShouldBe(chains.Count(c => c.Template == "two-sided@1"));
        risks.ShouldAllBe(p => !p.Contains("# Items to be reasoned towards", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_GraphWithoutPaths_IsNotAskedAboutAndCounted()
    {
        WriteGraphs(paths: false);
        IEnumerable<TaughtSample> Samples() => TaughtSamples.Read(_workspace, _workspace.PathOf("graphs"), Split);
        var asked = new Recording();
        var report = await SynthesisRun.RunAsync(Samples, asked, Teacher, _folder.PathOf("out"), new SynthesisOptions(), cancellationToken: TestContext.Current.CancellationToken);
        asked.Prompts.ShouldBeEmpty();
        var task = report.Tasks.ShouldHaveSingleItem();
        (task.Samples, task.WithoutPaths, task.Answered, report.Missing).ShouldBe((Count, Count, 0, 0));
        File.ReadAllText(_folder.PathOf("out", SynthesisRun.ChainsFile)).ShouldBeEmpty();

        // The narrator has nothing to tell; a teacher that is shown no knowledge is asked.
        (await SynthesisRun.TellAsync(Samples, new NarratorTeacher(new Narrator()), _folder.PathOf("told"), new SynthesisOptions(), TestContext.Current.CancellationToken)).Tasks.Single().WithoutPaths.ShouldBe(Count);
        await SynthesisRun.RunAsync(Samples, asked, m => By(m, "without-knowledge"), _folder.PathOf("without"), new SynthesisOptions(), cancellationToken: TestContext.Current.CancellationToken);
        asked.Prompts.Count.ShouldBe(Count);
    }

    [Fact]
    public void Check_GraphWithoutPaths_JoinsNothing()
    {
        var sample = Ward.Sample("prescriptions", "Furosemide");
        var graph = Ward.Graph(sample, (Ward.Fact("loop diuretics", TermKind.DrugClass, "Loop diuretics", "medrecon", 0), "Furosemide", "Loop diuretics > has member drug > Furosemide"));
        graph = graph with { Edges = [.. graph.Edges.Select(e => e with { Paths = [] })] };
        var chain = ChainParser.Parse("## Extraction\n**Medrecon [2150-03-10 00:00:00]**: lasix.\n## Reasoning\nLoop diuretics has member drug Furosemide.\n## Final Results\nFurosemide", ChainTemplates.Get(""));
        var result = new GroundingCheck().Check(sample, graph, chain);
        result.Measures.AnswerFidelity.ShouldBe(1);
        result.Score.ShouldBeInRange(0, 1);
    }

    private string Split { get; }

    /// <summary>How many decisions of the split there are.</summary>
    private int Count { get; }

    private List<TaughtSample> Read(string? graphs) => [.. TaughtSamples.ReadWithRisks(_workspace, graphs, Split, cancellationToken: TestContext.Current.CancellationToken)];

    private static RiskTeacher Teacher(ILanguageModel model) => new(By(model, "with-knowledge"), By(model, "two-sided"));

    private static ModelTeacher By(ILanguageModel model, string template) => new(model, TeacherTemplate.Get(template), new PromptBudget(new EstimatedTokenCounter()), 30_000, new SamplingSettings { Seed = 0 });

    private void WriteGraphs(bool paths = true)
    {
        Directory.CreateDirectory(_workspace.PathOf("graphs"));
        using var index = TaskIndexStore.Open(_workspace);
        for (int shard = 0; shard < index.Manifest.Shards; shard++)
        {
            var lines = index.ReadShard(shard, ["prescriptions"], Split).Select(row => GraphJson.ToLine(new ThinkingGraph
            {
                Id = row.Id,
                Task = row.Task,
                SubjectId = row.SubjectId,
                PredictionTime = row.PredictionTime,
                Targets = [new GraphTarget("Digoxin", "D:1", "Digoxin")],
                Facts = [new GraphFact("lasix", TermKind.Drug, "D:2", "Furosemide", "medrecon", HandMade.At(4), 3, 1)],
                Edges = [new GraphEdge(0, 0, 9, 5, paths ? [["Furosemide", "may treat", "Heart failure", "may be treated by", "Digoxin"]] : [])],
            }));
            File.WriteAllLines(_workspace.PathOf("graphs", GraphBuild.FileOf(Split, shard)), lines);
        }
    }

    private sealed class Recording : ILanguageModel
    {
        private readonly Lock _lock = new();

        public string Name => "recording";

        public List<string> Prompts { get; } = [];

        public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            lock (_lock)
                Prompts.Add(string.Join('\n', request.Prompt.Messages.Select(m => m.Text)));
            return Task.FromResult(new GenerationResponse([.. Enumerable.Repeat(new Completion("x", FinishReason.Stop), request.Completions)], default));
        }

        public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => Task.FromResult<AnswerScores?>(null);
    }
}
