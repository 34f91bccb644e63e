using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;

namespace EhrR1.Training.Tests;

/// <summary>The commands as a user gives them: the trainings behind them have tests of their own.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TinyStage _tiny = new();

    public TrainCommandTests() => File.WriteAllText(_tiny.PathOf("settings.json"), TinyStage.Settings.ToJson());

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData("sft", "direct", "12 steps over 48 cases, held-out loss ")]
    [InlineData("rl", "prompts", "4 steps over 8 prompts, mean reward ")]
    public async Task Train_OneStage_SaysWhatCameOfItAndTheSameWhenItIsFinished(string stage, string data, string expected)
    {
        string[] line = ["train", stage, "--model", "model", "--data", data, "--config", "settings.json", "--out", "out", "--threads", "1", .. stage == "sft" ? ["--held-out", "direct"] : Array.Empty<string>()];
        var first = await TrainingRunner.RunAsync(_tiny.PathOf(), line);
        first.Code.ShouldBe(ExitCode.Done, first.Error);
        first.Out.ShouldContain(expected);
        var again = await TrainingRunner.RunAsync(_tiny.PathOf(), line);
        (again.Code, again.Out).ShouldBe((ExitCode.Done, first.Out));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Train_Stage3FromNano_IsRefusedByNameWithWhatToDo(bool showsConfig)
    {
        string[] line = ["train", "rl", "--model", "nano", "--data", "prompts", "--out", "out", .. showsConfig ? ["--show-config"] : Array.Empty<string>()];
        var (code, _, error) = await TrainingRunner.RunAsync(_tiny.PathOf(), line);
        code.ShouldBe(ExitCode.User);
        error.ShouldStartWith("Error: Stage 3 does not begin from 'nano'");
        error.ShouldContain("'train sft --model nano'");
    }

    [Fact]
    public async Task Train_Stage3WithGrounding_SaysWhatChainsAreHeldAgainst()
    {
        var id = Rewarded.Build(_tiny.PathOf("workspace"));
        using (var workspace = Workspace.OpenForWriting(_tiny.PathOf("workspace")))
            workspace.Record("graphs-train", new StageRecord { Fingerprint = "of the graphs" });
        File.WriteAllText(_tiny.PathOf("prompts", "prompts.jsonl"), $$$"""{"id": "{{{id}}}", "task": "prescriptions", "labels": ["Spironolactone"], "prompt": [{"role": "user", "content": "drug 1"}], "extra_info": {"subject_id": 1}}""" + "\n");
        File.WriteAllText(_tiny.PathOf("settings.json"), (TinyStage.Settings with { Reward = new RewardWeights { Grounding = 1 } }).ToJson());
        var (code, _, error) = await TrainingRunner.RunAsync(_tiny.PathOf(), "train", "rl", "--model", "model", "--data", "prompts", "--workspace", "workspace", "--config", "settings.json", "--out", "out", "--threads", "1");
        code.ShouldBe(ExitCode.Done, error);
        ((string?)JsonNode.Parse(File.ReadAllText(_tiny.PathOf("out", TrainingFolder.FileName)))!["grounds"]!["graphs"]!["graphs-train"]).ShouldBe("of the graphs");
    }
}
