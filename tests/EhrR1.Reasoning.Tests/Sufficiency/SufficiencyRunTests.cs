using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests.Sufficiency;

public sealed class SufficiencyRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;
    private readonly List<string> _ids = [];

    public SufficiencyRunTests()
    {
        PatientChart[] charts = [.. Enumerable.Range(1, 3).Select(i => new ChartBuilder(i).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1)
            .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "lasix"), ("ATC Type", "loop diuretics"))
            .Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin"))
            .Add("prescriptions", HandMade.At(12), 1, ("drug", "Aspirin")).Build(ChartProfile.EhrBench))];
        _workspace = TinyWorkspace.Create(_folder.PathOf("w"), ChartProfile.EhrBench, charts);
        TaskIndexBuilder.Build(_workspace, new TaskIndexBuildOptions());
        using var index = TaskIndexStore.Open(_workspace);
        _ids.AddRange(index.ReadTask("prescriptions").Select(r => r.Id));
        _ids.Add(index.ReadAll(TestContext.Current.CancellationToken).First(r => r.Task == "ED_Hospitalization").Id);
        Directory.CreateDirectory(_folder.PathOf("c"));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_ChainsThatCarryTheirAnswerAndNot_AreToldApart()
    {
        Check(Line(0, "a", "Digoxin and Aspirin follow."), Line(0, "b", "Digoxin follows."), Line(1, "c", "Nothing follows."), Line(2, "d", "Digoxin, Aspirin and Heparin follow."));
        var model = new Reader();
        var report = await RunAsync(model);

        // By what was told: both; one of two (F1 2/3); none; both and one more (F1 0.8).
        var all = report.Tasks[^1];
        (all.Task, all.Chains, all.Tested, all.Sufficient).ShouldBe(("all", 4, 4, 2));
        all.MeanF1!.Value.ShouldBe((1 + (2 / 3.0) + 0 + 0.8) / 4, 1e-6);
        report.Tasks[0].Task.ShouldBe("prescriptions");
        Lines().Select(l => ((double)l["sufficiency"]!["f1"]!, (bool)l["sufficiency"]!["passes"]!)).ShouldBe([(1, true), (0.666667, false), (0, false), (0.8, true)]);
        Lines().Select(l => (bool)l["best"]!).ShouldBe([true, false, true, true]);
        var written = JsonNode.Parse(File.ReadAllText(_folder.PathOf("c", ChainCheckRun.ReportFile)))!;
        ((long)written["sufficiency"]!["tasks"]![1]!["sufficient"]!, (long)written["chains"]!).ShouldBe((2, 4));

        // The model sees neither the record nor the section that says the answer.
        model.Prompts.Count.ShouldBe(4);
        model.Prompts.ShouldAllBe(p => !p.Contains("Final Results", StringComparison.Ordinal) && !p.Contains("loop diuretics", StringComparison.Ordinal) && p.Contains("please give the next Prescriptions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_TheBestChainThatDoesNotSuffice_GivesWayToOneThatDoes()
    {
        Check(Line(0, "a", "Digoxin and Aspirin are doubtful."), Line(0, "b", "Digoxin and Aspirin follow."));
        Lines().Select(l => ((bool)l["passes"]!, (bool)l["best"]!)).ShouldBe([(true, true), (true, false)]);
        var report = await RunAsync(new Reader());
        Lines().Select(l => ((bool)l["passes"]!, (bool)l["best"]!)).ShouldBe([(false, false), (true, true)]);
        (report.Tasks[^1].Sufficient, report.Tasks[^1].Samples).ShouldBe((1, 1));
    }

    [Fact]
    public async Task RunAsync_StoppedAndGoneOn_AsksNothingTwiceAndWritesTheSameBytes()
    {
        string[] lines = [.. Enumerable.Range(0, 6).Select(i => Line(i % 3, $"{i}", $"Digoxin follows, by way {i}."))];
        Check(lines);
        await RunAsync(new Reader());
        var whole = File.ReadAllText(_folder.PathOf("c", ChainCheckRun.CheckedFile));

        File.Delete(_folder.PathOf("c", SufficiencyRun.LogFile));
        Check(lines);
        var budgeted = new Reader();
        var stopped = await RunAsync(new MeteredModel(budgeted, new Ledger(budget: new Budget { Tokens = 1800 })));
        stopped.Stopped.ShouldNotBeNull().ShouldContain("budget");
        stopped.Tasks[^1].Tested.ShouldBeInRange(1, 5);
        Lines().Count(l => l["sufficiency"]!["f1"] is null).ShouldBe(6 - (int)stopped.Tasks[^1].Tested);

        var rest = new Reader();
        (await RunAsync(rest)).Tasks[^1].Tested.ShouldBe(6);
        (budgeted.Prompts.Count + rest.Prompts.Count).ShouldBe(6);
        File.ReadAllText(_folder.PathOf("c", ChainCheckRun.CheckedFile)).ShouldBe(whole);
    }

    [Fact]
    public async Task RunAsync_Risk_IsAskedForYesAndNoByTheTwoSides()
    {
        bool isYes;
        using (var index = TaskIndexStore.Open(_workspace))
            isYes = index.Find(_ids[3], TestContext.Current.CancellationToken).Labels[0] == "yes";
        Check(ReasoningChainJson.ToLine(new ReasoningChain
        {
            Id = "r", SampleId = _ids[3], Answer = [isYes ? "yes" : "no"], Teacher = "t", Template = "two-sided@1",
            Chain = $"## Evidence for\n**Medrecon [2150-03-10 04:00:00]**: lasix.\n## Evidence against\nNothing else.\n## Probability\nSAID\n{(isYes ? "0.9" : "0.1")}",
        }));
        var yes = new Reader { YesShare = 0.8 };
        (await RunAsync(yes)).Tasks[^1].Sufficient.ShouldBe(isYes ? 1 : 0);
        yes.Prompts.ShouldHaveSingleItem().ShouldNotContain("SAID");
        File.Delete(_folder.PathOf("c", SufficiencyRun.LogFile));
        (await RunAsync(new Reader { YesShare = 0.2 })).Tasks[^1].Sufficient.ShouldBe(isYes ? 0 : 1);
        File.Delete(_folder.PathOf("c", SufficiencyRun.LogFile));
        (await RunAsync(new Reader())).Tasks[^1].Tested.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_NotChecked_SaysWhatToDo() =>
        (await Should.ThrowAsync<EhrR1Exception>(() => RunAsync(new Reader()))).WhatToDo.ShouldContain("ins check");

    private Task<SufficiencyReport> RunAsync(ILanguageModel model) => SufficiencyRun.RunAsync(
        _folder.PathOf("c"), _workspace, model, SufficiencyTest.PromptsOf(model.Name, new EstimatedTokenCounter(), 4096), new SufficiencyOptions { Concurrency = 2 }, cancellationToken: TestContext.Current.CancellationToken);

    private void Check(params string[] lines)
    {
        File.WriteAllLines(_folder.PathOf("c", ChainCheckRun.ChainsFile), lines);
        ChainCheckRun.Run(_folder.PathOf("c"), _workspace, new ChainCheckOptions());
        Lines().Count.ShouldBe(lines.Length);
    }

    private string Line(int sample, string id, string reasoning) => ReasoningChainJson.ToLine(new ReasoningChain
    {
        Id = id, SampleId = _ids[sample], Answer = ["wrong on purpose"], Teacher = "t", Chain = $"## Extraction\n**Medrecon [2150-03-10 04:00:00]**: lasix.\n## Reasoning\n{reasoning}\n## Final Results\nDigoxin\nAspirin",
    });

    private List<JsonNode> Lines() => [.. File.ReadLines(_folder.PathOf("c", ChainCheckRun.CheckedFile)).Select(l => JsonNode.Parse(l)!)];

    /// <summary>Answers with the drugs that the reasoning names, and nothing it does not see.</summary>
    private sealed class Reader : ILanguageModel
    {
        private readonly Lock _lock = new();

        public string Name => "reader";

        public double? YesShare { get; init; }

        public List<string> Prompts { get; } = [];

        public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            var text = Note(request.Prompt);
            var named = new[] { "Digoxin", "Aspirin", "Heparin" }.Where(d => text.Contains(d, StringComparison.Ordinal) && !text.Contains("doubtful", StringComparison.Ordinal));
            return Task.FromResult(new GenerationResponse([new Completion(string.Join('\n', named), FinishReason.Stop)], new TokenUsage(300, 10)));
        }

        public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
        {
            Note(request.Prompt);
            return Task.FromResult(YesShare is { } yes ? new AnswerScores([Math.Log(yes), Math.Log(1 - yes)], "model", new TokenUsage(300, 1)) : null);
        }

        private string Note(ModelPrompt prompt)
        {
            var text = string.Join('\n', prompt.Messages.Select(m => m.Text));
            lock (_lock)
                Prompts.Add(text);
            return text;
        }
    }
}
