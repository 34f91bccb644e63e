using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class FineTuningStageTests : IDisposable
{
    private readonly TinyStage _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Run_Set_LearnsItAndLeavesAModelFolder()
    {
        var manifest = Run("out", TinyStage.Settings);
        ((int)manifest["result"]!["steps"]!, (int)manifest["result"]!["cases"]!).ShouldBe((12, 48));
        var losses = MetricsLog.Read(_tiny.PathOf("out")).Select(l => (double)l["loss"]!).ToList();
        losses[^1].ShouldBeLessThan(losses[0] / 2);
        ((double)manifest["result"]!["held_out_loss"]!).ShouldBeLessThan(losses[0] / 2);
        Directory.EnumerateFileSystemEntries(_tiny.PathOf("out")).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)
            .ShouldBe([".lock", "config.json", "generation_config.json", "metrics.jsonl", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "training.json"]);
        using var model = ModelFolder.LoadModel(_tiny.PathOf("out"));
        model.Config.Parameters.ShouldBeGreaterThan(0);
    }

    [Theory, InlineData(null), InlineData(4)]
    public void Run_StoppedAndGoneOn_LeavesTheSameBytes(int? rank)
    {
        var settings = TinyStage.Settings with { Lora = rank is { } r ? new LowRankOptions { Rank = r } : null };
        Run("whole", settings);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Run("stopped", settings, progress: new TinyStage.StopAt(5, stop), cancellationToken: stop.Token));
        Should.Throw<EhrR1Exception>(() => Run("stopped", settings)).Message.ShouldContain("has not ended");
        Run("stopped", settings, resume: true);
        foreach (var file in Directory.EnumerateFiles(_tiny.PathOf("whole"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_tiny.PathOf("whole"), f)))
            File.ReadAllBytes(Path.Combine(_tiny.PathOf("stopped"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(_tiny.PathOf("whole"), file)), file);
    }

    [Fact]
    public void Run_Finished_IsNotDoneAgain()
    {
        Run("out", TinyStage.Settings);
        var written = File.GetLastWriteTimeUtc(_tiny.PathOf("out", "model.safetensors"));
        ((int)Run("out", TinyStage.Settings with { Compute = new ComputeSettings { Threads = 2 } })["result"]!["steps"]!).ShouldBe(12);
        File.GetLastWriteTimeUtc(_tiny.PathOf("out", "model.safetensors")).ShouldBe(written);
        Should.Throw<EhrR1Exception>(() => Run("out", TinyStage.Settings with { FineTuning = TinyStage.Settings.FineTuning with { LearningRate = 1 } })).Message.ShouldContain("other data or settings");
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Run_OtherTokensBesideTheSameWeights_IsAnotherTraining(string changed)
    {
        Run("out", TinyStage.Settings);
        var file = _tiny.PathOf("model", changed);
        var was = File.ReadAllText(file);
        File.WriteAllText(file, was.Replace("<|im_start|>", "<|im_begin|>", StringComparison.Ordinal));
        File.ReadAllText(file).ShouldNotBe(was);
        Should.Throw<EhrR1Exception>(() => Run("out", TinyStage.Settings)).Message.ShouldContain("other data or settings");
        File.WriteAllText(file, was);
        ((int)Run("out", TinyStage.Settings)["result"]!["steps"]!).ShouldBe(12);
    }

    [Fact]
    public void Run_Lora_LeavesAdditionsAndTheMergedModel()
    {
        Run("out", TinyStage.Settings with { Lora = new LowRankOptions { Rank = 2 } });
        File.Exists(_tiny.PathOf("out", "adapter", AdapterFolder.ConfigFile)).ShouldBeTrue();
        using var merged = ModelFolder.LoadModel(_tiny.PathOf("out"));
        using var model = ModelFolder.LoadModel(_tiny.Model);
        using var adapter = AdapterFolder.Load(model, _tiny.PathOf("out", "adapter"));
        adapter.Merge(model);
        foreach (var (name, weight) in model.NamedWeights())
            weight.data<float>().ToArray().ShouldBe(merged.NamedWeights()[name].data<float>().ToArray(), 1e-6f, name);
    }

    [Fact]
    public void Run_WrongBeginnings_AreTheUsersErrors()
    {
        Should.Throw<EhrR1Exception>(() => FineTuningStage.Run("sft", _tiny.Direct, [_tiny.Direct], null, TinyStage.Settings, _tiny.PathOf("a"), resume: false)).Message.ShouldContain("no config.json");
        File.WriteAllText(_tiny.PathOf("model", "tokenizer_config.json"), "{}");
        Should.Throw<EhrR1Exception>(() => Run("b", TinyStage.Settings)).Message.ShouldContain("no chat template");
        Directory.CreateDirectory(_tiny.PathOf("c"));
        File.WriteAllText(_tiny.PathOf("c", "notes.txt"), "mine");
        Should.Throw<EhrR1Exception>(() => Run("c", TinyStage.Settings)).Message.ShouldContain("not empty");
    }

    [Fact]
    public void Run_AfterABeginningThatFailed_BeginsAnewWithWhatIsMended()
    {
        var file = _tiny.PathOf("model", "tokenizer_config.json");
        var template = File.ReadAllText(file);
        File.WriteAllText(file, "{}");
        Should.Throw<EhrR1Exception>(() => Run("out", TinyStage.Settings)).Message.ShouldContain("no chat template");
        File.WriteAllText(file, template);
        var settings = TinyStage.Settings with { FineTuning = TinyStage.Settings.FineTuning with { Epochs = 1 } };
        var manifest = Run("out", settings);
        ((int)manifest["result"]!["steps"]!, (double)manifest["settings"]!["fine_tuning"]!["epochs"]!).ShouldBe((6, 1));
        Run("fresh", settings);
        File.ReadAllBytes(_tiny.PathOf("out", TrainingFolder.FileName)).ShouldBe(File.ReadAllBytes(_tiny.PathOf("fresh", TrainingFolder.FileName)));
    }

    [Fact]
    public void Run_StepsDoneWithoutACheckpoint_KeepsTheFolderForTheirSettings()
    {
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Run("out", TinyStage.Settings, progress: new TinyStage.StopAt(2, stop), cancellationToken: stop.Token));
        Directory.Delete(_tiny.PathOf("out", "checkpoints"), recursive: true);
        var other = TinyStage.Settings with { FineTuning = TinyStage.Settings.FineTuning with { Epochs = 1 } };
        Should.Throw<EhrR1Exception>(() => Run("out", other, resume: true)).Message.ShouldContain("other data or settings");
        Should.Throw<EhrR1Exception>(() => Run("out", TinyStage.Settings)).Message.ShouldContain("has not ended");
        ((int)Run("out", TinyStage.Settings, resume: true)["result"]!["steps"]!).ShouldBe(12);
    }

    [Fact]
    public void Read_Configuration_LaysTheFileOverTheRest()
    {
        File.WriteAllText(_tiny.PathOf("config.json"), """{ "fine_tuning": { "epochs": 3 }, "reward": { "grounding": 0.5 }, /* why */ "lora": { "rank": 8 }, }""");
        var settings = StageSettings.Read(_tiny.PathOf("config.json"), StageSettings.Published(TrainingStageKind.ReasoningEnhancement));
        (settings.FineTuning.Epochs, settings.FineTuning.BatchSize, settings.Reward.Grounding, settings.Lora!.Rank).ShouldBe((3, 512, 0.5, 8));
        File.WriteAllText(_tiny.PathOf("config.json"), settings.ToJson());
        StageSettings.Read(_tiny.PathOf("config.json"), new StageSettings()).ToJson().ShouldBe(settings.ToJson());
        File.WriteAllText(_tiny.PathOf("config.json"), """{ "fine_tuning": { "epoch": 3 } }""");
        Should.Throw<EhrR1Exception>(() => StageSettings.Read(_tiny.PathOf("config.json"), new StageSettings())).Message.ShouldContain("epoch");
    }

    private System.Text.Json.Nodes.JsonObject Run(string name, StageSettings settings, bool resume = false, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FineTuningStage.Run("sft", _tiny.Model, [_tiny.Direct], _tiny.Direct, settings, _tiny.PathOf(name), resume, progress, cancellationToken: cancellationToken);
}
