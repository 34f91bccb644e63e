using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class ReinforcementStageTests : IDisposable
{
    private readonly TinyStage _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Run_StoppedAndGoneOn_LeavesTheSameBytes()
    {
        Run("whole");
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Run("stopped", progress: new TinyStage.StopAt(2, stop), cancellationToken: stop.Token));
        Run("stopped", resume: true);
        foreach (var file in (string[])["model.safetensors", MetricsLog.FileName, TrainingFolder.FileName])
            File.ReadAllBytes(_tiny.PathOf("stopped", file)).ShouldBe(File.ReadAllBytes(_tiny.PathOf("whole", file)), file);
        MetricsLog.Read(_tiny.PathOf("whole")).Count.ShouldBe(4);
    }

    [Fact]
    public void Run_OtherGraphsWhereGroundingIsWeighted_IsAnotherTraining()
    {
        void Grounded(double weight, string graphs, string name) => ReinforcementStage.Run(
            _tiny.Model, _tiny.Prompts, new RewardFunction(new RewardOptions { Weights = new RewardWeights { Grounding = weight } }), _ => Rewarded.Context(), TinyStage.Settings with { Reward = new RewardWeights { Grounding = weight } },
            _tiny.PathOf(name), resume: true, new JsonObject { ["graphs"] = graphs });
        Grounded(0.5, "a", "out");
        Grounded(0.5, "a", "out");
        Should.Throw<EhrR1Exception>(() => Grounded(0.5, "b", "out")).Message.ShouldContain("other data or settings");
        // Where grounding weighs nothing, graphs decide nothing.
        Grounded(0, "a", "without");
        Grounded(0, "b", "without");
    }

    [Fact]
    public void GroundsOf_Workspace_ChangesWithTasksAndGraphs()
    {
        using var workspace = Workspace.Create(_tiny.PathOf("workspace"), new WorkspaceManifest { Profile = "ehr-bench", Seed = 1 });
        string Grounds() => TrainReinforcement.GroundsOf(workspace).ToJsonString();
        void Record(string stage, string fingerprint) => workspace.Record(stage, new StageRecord { Fingerprint = fingerprint });
        Record("tasks", "t");
        Record("graphs-train", "g");
        Grounds().ShouldBe("""{"tasks":"t","graphs":{"graphs-train":"g"}}""");
        var seen = new HashSet<string> { Grounds() };
        foreach (var (stage, fingerprint) in new[] { ("tasks", "t2"), ("graphs-train", "g2"), ("graphs-test", "g") })
        {
            Record(stage, fingerprint);
            seen.Add(Grounds()).ShouldBeTrue();
        }

        Record("lift", "l");
        seen.Add(Grounds()).ShouldBeFalse();
    }

    [Fact]
    public void Read_Prompts_GivesTasksLabelsAndPatients()
    {
        var prompts = RolloutPromptReader.Read(_tiny.Prompts, TestContext.Current.CancellationToken);
        prompts.Select(p => (p.SampleId, p.SubjectId, p.Task.Name, string.Join(',', p.Labels))).Take(3).ShouldBe([("s0", 100, "Inpatient_Mortality", "yes"), ("s1", 101, "labevents", "Sodium"), ("s2", 102, "Inpatient_Mortality", "no")]);
        prompts[1].Messages.ShouldBe([new(Models.PromptRole.User, "drug 1")]);
        File.WriteAllText(_tiny.PathOf("bad.jsonl"), """{"id": "x", "task": "no such task", "labels": ["a"], "prompt": [{"role": "user", "content": "q"}], "extra_info": {"subject_id": 1}}""");
        Should.Throw<EhrR1Exception>(() => RolloutPromptReader.Read(_tiny.PathOf("bad.jsonl"))).Where.ShouldEndWith("row 1");
    }

    [Fact]
    public void Score_CalibratedRisk_IsTheDistanceFromTheOutcomeWithTheAnswersSign()
    {
        using var policy = ModelFolder.LoadModel(_tiny.Model);
        var tokenizer = _tiny.Tokenizer;
        var prompts = RolloutPromptReader.Read(_tiny.Prompts, TestContext.Current.CancellationToken);
        var reward = new CompletionReward(new RewardFunction(new RewardOptions { Weights = new RewardWeights { Calibration = 2 } }), prompts, tokenizer, policy);
        int[] promptTokens = tokenizer.Encode("drug 0");
        Rollout Of(int prompt, string text) => new(prompt, promptTokens, tokenizer.EncodeTemplate(text), IsCut: false);
        var scores = reward.Score([Of(0, "<think>\n\n</think>\n\nyes"), Of(0, "<think>\n\n</think>\n\nno"), Of(0, "<think>\n\n</think>\n\nwho knows"), Of(1, "<think>\n\n</think>\n\nSodium")], TestContext.Current.CancellationToken);
        var yes = 1 - Math.Sqrt(scores[0].Terms["brier"]);
        yes.ShouldBeInRange(1e-5, 1 - 1e-5);
        // The outcome is yes: the word yes is worth 1 − p, no the opposite, silence −1.
        scores.Take(3).Select(s => s.Terms["calibration"]).ShouldBe([1 - yes, yes - 1, -1], 1e-6);
        scores.Take(3).ShouldAllBe(s => s.KeepsScale);
        (scores[0].Total - scores[1].Total).ShouldBe(2 * 2 * (1 - yes), 1e-6);
        (scores[3].Terms["accuracy"], scores[3].KeepsScale, scores[3].Terms.ContainsKey("calibration")).ShouldBe((1, false, false));
        prompts[0].Task.Kind.ShouldBe(TaskKind.Risk);
    }

    [Fact]
    public void Measure_HeldOut_IsTheSameForTheSameModelAndReadsBack()
    {
        HeldOutReward Measure() => HeldOutReward.Measure(_tiny.Model, _tiny.Prompts, new RewardFunction(), null, TinyStage.Settings, cancellationToken: TestContext.Current.CancellationToken);
        var first = Measure();
        first.Prompts.Count.ShouldBe(8);
        first.Above(Measure()).Value.ShouldBe(0);
        first.Write(_tiny.PathOf("reward.json"));
        HeldOutReward.TryRead(_tiny.PathOf("reward.json"))!.Prompts.ShouldBe(first.Prompts);
        first.Mean().Low.ShouldBeLessThanOrEqualTo(first.Mean().Value);
    }

    private void Run(string name, bool resume = false, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ReinforcementStage.Run(_tiny.Model, _tiny.Prompts, new RewardFunction(), null, TinyStage.Settings, _tiny.PathOf(name), resume, progress: progress, cancellationToken: cancellationToken);
}
