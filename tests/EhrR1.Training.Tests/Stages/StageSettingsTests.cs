using EhrR1.Charts;
using EhrR1.Cli;

namespace EhrR1.Training.Tests;

public sealed class StageSettingsTests : IDisposable
{
    private readonly TinyStage _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData("fine_tuning", "epochs", "0", "a number above 0, and 1000 at most")]
    [InlineData("fine_tuning", "epochs", "1e9", "a number above 0, and 1000 at most")]
    [InlineData("fine_tuning", "batch_size", "0", "1 or more")]
    [InlineData("fine_tuning", "max_tokens", "1", "2 or more")]
    [InlineData("fine_tuning", "first_tokens", "-1", "0 or more")]
    [InlineData("fine_tuning", "growth_share", "1.5", "0 to 1")]
    [InlineData("fine_tuning", "pack_tokens", "0", "1 or more")]
    [InlineData("fine_tuning", "learning_rate", "0", "a number above 0")]
    [InlineData("fine_tuning", "warm_up_share", "2", "0 to 1")]
    [InlineData("fine_tuning", "weight_decay", "-0.1", "0 or more")]
    [InlineData("fine_tuning", "second_decay", "1", "0 to 1, but not 1 itself")]
    [InlineData("fine_tuning", "muon_rate", "-1", "0 or more")]
    [InlineData("fine_tuning", "clip_norm", "-1", "0 or more")]
    [InlineData("fine_tuning", "prompt_weight", "-1", "0 or more")]
    [InlineData("fine_tuning", "prompt_share", "2", "0 to 1")]
    [InlineData("fine_tuning", "curriculum", "2", "0 to 1")]
    [InlineData("fine_tuning", "evaluate_every", "-1", "0 or more")]
    [InlineData("fine_tuning", "evaluate_cases", "0", "1 or more")]
    [InlineData("fine_tuning", "checkpoint_every", "-1", "0 or more")]
    [InlineData("reinforcement", "completions", "1", "2 or more")]
    [InlineData("reinforcement", "prompts", "0", "1 or more")]
    [InlineData("reinforcement", "epochs", "0", "a number above 0, and 1000 at most")]
    [InlineData("reinforcement", "updates", "0", "1 or more")]
    [InlineData("reinforcement", "learning_rate", "-1", "a number above 0")]
    [InlineData("reinforcement", "warm_up_share", "-1", "0 to 1")]
    [InlineData("reinforcement", "clip_norm", "-1", "0 or more")]
    [InlineData("reinforcement", "max_prompt_tokens", "0", "1 or more")]
    [InlineData("reinforcement", "max_completion_tokens", "0", "1 or more")]
    [InlineData("reinforcement", "temperature", "0", "0.01 to 100")]
    [InlineData("reinforcement", "top_p", "0", "a number above 0, and 1 at most")]
    [InlineData("reinforcement", "top_k", "0", "1 or more")]
    [InlineData("reinforcement", "pack_tokens", "0", "1 or more")]
    [InlineData("reinforcement", "draw_at_once", "0", "1 or more")]
    [InlineData("reinforcement", "checkpoint_every", "-1", "0 or more")]
    [InlineData("reinforcement.loss", "clip_low", "2", "0 to 1")]
    [InlineData("reinforcement.loss", "clip_high", "-1", "0 or more")]
    [InlineData("reinforcement.loss", "divergence", "-1", "0 or more")]
    [InlineData("compute", "threads", "0", "1 or more")]
    [InlineData("compute", "type", "\"float16\"", "float32 or bfloat16")]
    public void Read_SettingOutOfItsRange_IsRefusedByNameWithTheRange(string group, string name, string value, string range)
    {
        var error = Should.Throw<EhrR1Exception>(() => Read(group.Split('.').Reverse().Aggregate($$"""{ "{{name}}": {{value}} }""", (inner, outer) => $$"""{ "{{outer}}": {{inner}} }""")));
        error.What.ShouldStartWith($"The setting {group}.{name} is ");
        error.WhatToDo.ShouldBe($"It may be {range}");
        error.Where.ShouldEndWith("settings.json");
    }

    [Theory]
    [InlineData("""{ "fine_tuning": null }""", "fine_tuning is null")]
    [InlineData("""{ "reward": null }""", "reward is null")]
    [InlineData("""{ "reinforcement": { "loss": null } }""", "loss is null")]
    [InlineData("""{ "compute": { "device": null } }""", "device")]
    [InlineData("""{ "lora": { "targets": null } }""", "targets")]
    [InlineData("""{ "fine_tuning": { "epochs": 1, "epochs": 2 } }""", "epochs")]
    [InlineData("""{ "fine_tuning": {}, "fine_tuning": {} }""", "fine_tuning")]
    [InlineData("""{ "fine_tuning": { "mean": 7 } }""", "mean")]
    [InlineData("""{ "reward": { "accuracy": -1 } }""", "weight of the reward is negative")]
    [InlineData("""{ "lora": { "alpha": 0 } }""", "alpha of LoRA is 0")]
    [InlineData("""{ "lora": { "rank": 0 } }""", "rank of LoRA is 0")]
    [InlineData("""{ "compute": { "device": "gpu" } }""", "'gpu' is no device to compute on")]
    public void Read_WhatIsNoSetting_IsTheUsersError(string json, string said)
    {
        var error = Should.Throw<EhrR1Exception>(() => Read(json));
        error.Message.ShouldContain(said);
        error.Where.ShouldEndWith("settings.json");
    }

    [Fact]
    public void Read_NullWhereItSaysSomething_IsTaken()
    {
        var settings = StageSettings.Read(Written("""{ "lora": null, "reinforcement": { "top_k": null }, "compute": { "threads": null } }"""), new StageSettings { Lora = new LowRankOptions(), Compute = new ComputeSettings { Threads = 3 } });
        (settings.Lora, settings.Reinforcement.TopK, settings.Compute.Threads).ShouldBe((null, null, null));
    }

    [Fact]
    public void Check_PublishedAndNanosSettings_AreInTheirRanges()
    {
        foreach (var stage in Enum.GetValues<TrainingStageKind>())
        {
            StageSettings.Published(stage).Check();
            foreach (var preset in NanoPresets.All)
                preset.SettingsOf(stage).Check();
        }
    }

    [Fact]
    public void Run_SettingOutOfItsRange_IsRefusedBeforeAFolderIsMade()
    {
        var tuning = TinyStage.Settings with { FineTuning = new FineTuningOptions { BatchSize = 0 } };
        Should.Throw<EhrR1Exception>(() => FineTuningStage.Run("sft", _tiny.Model, [_tiny.Direct], null, tuning, _tiny.PathOf("out"), resume: false)).Message.ShouldContain("fine_tuning.batch_size");
        var reinforcement = TinyStage.Settings with { Reinforcement = new ReinforcementOptions { Updates = 0 } };
        Should.Throw<EhrR1Exception>(() => ReinforcementStage.Run(_tiny.Model, _tiny.Prompts, new RewardFunction(), null, reinforcement, _tiny.PathOf("out"), resume: false)).Message.ShouldContain("reinforcement.updates");
        Directory.Exists(_tiny.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task Train_DeviceThatIsNone_IsTheUsersError()
    {
        var (code, _, error) = await TrainingRunner.RunAsync(_tiny.PathOf(), "train", "sft", "--model", "model", "--data", "direct", "--out", "out", "--device", "gpu");
        (code, error).ShouldBe((ExitCode.User, "Error: 'gpu' is no device to compute on. Use cpu, cuda, or cuda:N for the GPU of the number N (--device, or compute.device in a configuration).\n"));
    }

    private StageSettings Read(string json) => StageSettings.Read(Written(json), new StageSettings());

    private string Written(string json)
    {
        File.WriteAllText(_tiny.PathOf("settings.json"), json);
        return _tiny.PathOf("settings.json");
    }
}
