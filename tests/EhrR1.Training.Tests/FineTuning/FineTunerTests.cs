using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class FineTunerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TokenizedCases _cases;

    public FineTunerTests()
    {
        // After a token comes the next one: a rule that a model finds.
        var cases = Enumerable.Range(0, 40).Select(i => new TrainingCase([.. Enumerable.Range(0, 6).Select(j => (i + j) % 20)], 1 + (i % 3), i % 4 == 0));
        _cases = TokenizedCases.Write(_folder.PathOf("cases"), cases);
    }

    private static FineTuningOptions Options { get; } = new() { Epochs = 3, BatchSize = 8, LearningRate = 0.01, PackTokens = 24, CheckpointEvery = 4, EvaluateEvery = 5 };

    public void Dispose()
    {
        _cases.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_ARuleToLearn_LossFalls()
    {
        using var model = TinyModel.Create();
        var held = Tuner(model, "a", Options with { Epochs = 12, LearningRate = 0.03, EvaluateEvery = 20 }).Run(Checkpoint("a"))!.Value;
        var lines = MetricsLog.Read(_folder.PathOf("a"));
        lines.Count.ShouldBe(60);
        ((double)lines[0]["loss"]!).ShouldBe(Math.Log(32), 0.2);
        ((double)lines[^1]["loss"]!).ShouldBeLessThan(0.5);
        ((double)lines[^1]["held_out_loss"]!).ShouldBe(held);
        lines.Where(l => l["held_out_loss"] is not null).Select(l => (int)l["step"]!).ShouldBe([19, 39, 59]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0.5)]
    public void Run_StoppedAndGoneOn_GivesTheSameLossesAndWeights(double muonRate, double promptWeight)
    {
        var options = Options with { MuonRate = muonRate, PromptWeight = promptWeight, PromptShare = 0.7 };
        using var whole = TinyModel.Create();
        Tuner(whole, "whole", options).Run(Checkpoint("whole"));
        var stops = 0;
        while (true)
        {
            using var model = TinyModel.Create(seed: 99 + stops);
            if (stops == 0)
                Copy(TinyModel.Create(), model);
            using var stop = new CancellationTokenSource();
            var tuner = Tuner(model, "stopped", options);
            try
            {
                tuner.Run(Checkpoint("stopped"), new StopAfter(4, stop), stop.Token);
                stops.ShouldBe(3);
                Weights(model).ShouldBe(Weights(whole));
                break;
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        File.ReadAllText(_folder.PathOf("stopped", MetricsLog.FileName)).ShouldBe(File.ReadAllText(_folder.PathOf("whole", MetricsLog.FileName)));
    }

    [Fact]
    public void New_CaseLongerThanTheModelReads_IsRefusedUnlessItIsCut()
    {
        using var model = TinyModel.Create();
        using var cases = TokenizedCases.Write(_folder.PathOf("long"), [new TrainingCase([1, 2, 3], 1, false), new TrainingCase(new int[65], 60, false)]);
        foreach (var (train, held) in new[] { (cases, _cases), (_cases, cases) })
        {
            var error = Should.Throw<EhrR1Exception>(() => new FineTuner(model, train, held, Options, _folder.PathOf("l")));
            (error.What, error.WhatToDo.Contains("fine_tuning.max_tokens to 64", StringComparison.Ordinal)).ShouldBe(("A case has 65 tokens, and the model reads 64 at most", true));
        }

        _ = new FineTuner(model, cases, null, Options with { MaxTokens = 64 }, _folder.PathOf("l"));
    }

    [Fact]
    public void Run_PacksOfAnySize_GiveTheSameGradients()
    {
        double Loss(int packTokens)
        {
            using var model = TinyModel.Create();
            var name = $"packs-{packTokens}";
            Tuner(model, name, Options with { PackTokens = packTokens }).Run(Checkpoint(name));
            return (double)MetricsLog.Read(_folder.PathOf(name))[^1]["loss"]!;
        }

        Loss(6).ShouldBe(Loss(1000), 1e-3);
    }

    [Theory, InlineData(0), InlineData(2)]
    public void Run_SixteenBitsInManyPacks_GivesTheGradientOfOne(double muonRate)
    {
        double Norm(int cases)
        {
            using var model = DecoderModel.Create(TinyModel.Config, seed: 1, new DecoderOptions { Type = ScalarType.BFloat16 });
            var name = $"sixteen-{cases}";
            using var same = TokenizedCases.Write(_folder.PathOf(name, "cases"), Enumerable.Repeat(new TrainingCase([1, 2, 3, 4], 1, false), cases));
            new FineTuner(model, same, null, Options with { Epochs = 1, BatchSize = cases, PackTokens = 4, MuonRate = muonRate }, _folder.PathOf(name)).Run(Checkpoint(name));
            return (double)MetricsLog.Read(_folder.PathOf(name)).Single()["gradient_norm"]!;
        }

        // The mean over the same case many times is that of the case: a sum in 16 bits would stand still at 256 of them.
        var one = Norm(1);
        Norm(600).ShouldBe(one, 0.02 * one);
    }

    [Fact]
    public void PromptTokensAt_GrowingCases_GoFromFirstToMost()
    {
        using var model = TinyModel.Create();
        var tuner = Tuner(model, "g", Options with { FirstTokens = 2, MaxTokens = 6, GrowthShare = 0.8 });
        Enumerable.Range(0, tuner.Steps).Select(tuner.PromptTokensAt).ShouldBe([2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6]);
        Tuner(model, "g", Options with { MaxTokens = 6 }).PromptTokensAt(0).ShouldBe(6);
    }

    [Fact]
    public void Run_WithPromptWeight_LearnsPromptsWhichItDoesNotElse()
    {
        // Its prompts have a rule that its answers have not.
        var cases = Enumerable.Range(0, 40).Select(i => new TrainingCase([i % 8, (i + 1) % 8, (i + 2) % 8, (i + 3) % 8, 9], 4, false));
        using var prompts = TokenizedCases.Write(_folder.PathOf("prompts"), cases);
        double PromptLoss(string name, double weight)
        {
            using var model = TinyModel.Create();
            Directory.CreateDirectory(_folder.PathOf(name));
            new FineTuner(model, prompts, null, Options with { Epochs = 10, LearningRate = 0.03, PromptWeight = weight, PromptShare = weight > 1 ? 0.5 : 0 }, _folder.PathOf(name)).Run(Checkpoint(name));
            return -new PackedBatch([prompts.Read(0)], learnsPrompts: true).LogProbabilities(model)[0, 1].item<float>();
        }

        PromptLoss("with", 1).ShouldBeLessThan(0.5);
        PromptLoss("without", 0).ShouldBeGreaterThan(1);
        PromptLoss("falling", 2).ShouldBeLessThan(PromptLoss("never", 0));
        var lines = MetricsLog.Read(_folder.PathOf("falling"));
        (lines[0]["prompt_loss"] is not null, lines[^1]["prompt_loss"] is not null, lines[0]["loss"] is not null).ShouldBe((true, false, true));
    }

    [Fact]
    public void PromptWeightAt_WithAShare_FallsEvenlyToNothing()
    {
        using var model = TinyModel.Create();
        var tuner = Tuner(model, "p", Options with { PromptWeight = 2, PromptShare = 0.4 });
        Enumerable.Range(0, tuner.Steps).Select(tuner.PromptWeightAt).Take(8).ShouldBe([2, 2 * 5 / 6.0, 2 * 4 / 6.0, 1, 2 * 2 / 6.0, 2 / 6.0, 0, 0], 1e-9);
        Tuner(model, "p", Options with { PromptWeight = 2 }).PromptWeightAt(14).ShouldBe(2);
    }

    [Fact]
    public void Run_LossNoNumber_StopsAndKeepsTheCheckpoint()
    {
        using var model = TinyModel.Create();
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Tuner(model, "nan", Options).Run(Checkpoint("nan"), new StopAfter(4, stop), stop.Token));
        using (no_grad())
            model.named_parameters().First().parameter.fill_(float.NaN);
        // A model that restores its weights learns on; one that begins anew with weights that are no numbers stops.
        Tuner(model, "nan", Options).Run(Checkpoint("nan"));
        using (no_grad())
            model.named_parameters().First().parameter.fill_(float.NaN);
        Should.Throw<EhrR1Exception>(() => Tuner(model, "nan2", Options).Run(Checkpoint("nan2"))).Message.ShouldContain("no number any more at step 1");
        Checkpoint("nan2").Exists.ShouldBeFalse();
        Checkpoint("nan").Exists.ShouldBeTrue();
    }

    [Fact]
    public void Write_PlaceTaken_SaysSoAndTheCheckpointBeforeIsWhole()
    {
        using var model = TinyModel.Create();
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Tuner(model, "full", Options).Run(Checkpoint("full"), new StopAfter(4, stop), stop.Token));
        // A file where the next one is to be written: what a full disk does, without one.
        File.WriteAllText(_folder.PathOf("full", "checkpoints", "writing"), "");
        var error = Should.Throw<EhrR1Exception>(() => Tuner(model, "full", Options).Run(Checkpoint("full")));
        (error.What.StartsWith("The checkpoint of step 8 cannot be written: ", StringComparison.Ordinal), error.WhatToDo.Contains("the checkpoint before is whole", StringComparison.Ordinal)).ShouldBe((true, true));
        using var optimizer = new AdamW(model.named_parameters());
        Checkpoint("full").Restore([.. model.named_parameters()], optimizer).ShouldBe(4);
    }

    [Fact]
    public void Write_BreaksOffInTheMiddle_LeavesTheCheckpointBeforeAndTheNextIsWritten()
    {
        using var model = TinyModel.Create();
        using var optimizer = new AdamW(model.named_parameters());
        IReadOnlyList<(string Name, TorchSharp.Modules.Parameter Parameter)> trained = [.. model.named_parameters()];
        Directory.CreateDirectory(_folder.PathOf("broken"));
        Checkpoint("broken").Write(1, trained, optimizer);
        var before = Weights(model);
        using (no_grad())
            trained[0].Parameter.fill_(5);
        // The last weight cannot be written: what is on the disk by then must not count.
        var gone = new TorchSharp.Modules.Parameter(zeros(2));
        gone.Dispose();
        Should.Throw<Exception>(() => Checkpoint("broken").Write(2, [.. trained, ("gone", gone)], optimizer));
        Directory.Exists(_folder.PathOf("broken", "checkpoints", "writing")).ShouldBeTrue();
        Checkpoint("broken").Restore(trained, optimizer).ShouldBe(1);
        Weights(model).ShouldBe(before);
        Checkpoint("broken").Write(3, trained, optimizer);
        Directory.EnumerateFileSystemEntries(_folder.PathOf("broken", "checkpoints")).Select(Path.GetFileName).ShouldBe(["step-00000003"]);
    }

    [Fact]
    public void Run_LossNoNumberLater_NamesStepAndBatchAndTheCheckpointBeforeIsWhole()
    {
        using var model = TinyModel.Create();
        using var ruin = new RuinAfter(6, model);
        var error = Should.Throw<EhrR1Exception>(() => Tuner(model, "later", Options).Run(Checkpoint("later"), ruin));
        error.What.ShouldMatch(@"^The loss is no number any more at step 7 \(loss NaN, gradient norm NaN; the batch's first cases are (\d+, ){7}\d+\)$");
        error.WhatToDo.ShouldContain("last checkpoint is whole");
        using var optimizer = new AdamW(model.named_parameters());
        Checkpoint("later").Restore([.. model.named_parameters()], optimizer).ShouldBe(4);
        Weights(model).ShouldAllBe(w => float.IsFinite(w));
    }

    [Fact]
    public void Run_HeldOutLossNoNumber_SaysSoAndTheCheckpointBeforeIsWhole()
    {
        using var model = DecoderModel.Create(TinyModel.Config with { TiesEmbeddings = false }, seed: 1);
        using var held = TokenizedCases.Write(_folder.PathOf("held"), [new TrainingCase([31, 1, 2], 1, false)]);
        // Of a token that the held-out case alone has.
        using (no_grad())
            model.NamedWeights()["model.embed_tokens.weight"][31].fill_(float.NaN);
        Directory.CreateDirectory(_folder.PathOf("out"));
        var error = Should.Throw<EhrR1Exception>(() => new FineTuner(model, _cases, held, Options, _folder.PathOf("out")).Run(Checkpoint("out")));
        error.What.ShouldBe("The loss of the held-out cases is no number after step 5 (loss NaN)");
        error.WhatToDo.ShouldContain("learning rate");
        using var optimizer = new AdamW(model.named_parameters());
        Checkpoint("out").Restore([.. model.named_parameters()], optimizer).ShouldBe(4);
    }

    [Fact]
    public void Run_NoMemoryForTheOptimizer_SaysThatLoraTakesLess()
    {
        using var model = TinyModel.Create();
        // A weight that takes no memory itself, and whose moments take more than any machine has.
        using var huge = new TorchSharp.Modules.Parameter(zeros(1).expand(1L << 50));
        model.register_parameter("huge", huge);
        var error = Should.Throw<EhrR1Exception>(() => Tuner(model, "huge", Options).Run(Checkpoint("huge")));
        error.What.ShouldStartWith("Memory is short for the model together with what its training keeps of each weight");
        error.WhatToDo.ShouldContain("--lora");
    }

    [Fact]
    public void Run_NoMemoryInDotNet_SaysWhatToLower()
    {
        using var model = TinyModel.Create();
        // More than an array may hold: .NET's own shortage, without one.
        var error = Should.Throw<EhrR1Exception>(() => Tuner(model, "net", Options).Run(Checkpoint("net"), new Told(p => _ = p.Step == 2 ? new byte[int.MaxValue] : null)));
        error.What.ShouldStartWith("Memory is short at step 2, for 24 tokens at a time");
        error.WhatToDo.ShouldContain("fine_tuning.pack_tokens or max_tokens");
    }

    [Fact]
    public void IsOf_WhatLibtorchSaysWhereMemoryIsShort_IsRecognisedAndSaysWhatToLower()
    {
        var shortage = Should.Throw<ExternalException>(() => empty(1L << 50).Dispose());
        MemoryShortage.IsOf(shortage).ShouldBeTrue();
        // Its stack names functions that allocate.
        MemoryShortage.IsOf(Should.Throw<ExternalException>(() => mm(empty(2, 3), empty(2, 3)).Dispose())).ShouldBeFalse();
        MemoryShortage.IsOf(new ExternalException("size mismatch\nException raised from allocate at x.cpp")).ShouldBeFalse();
        MemoryShortage.IsOf(new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB.")).ShouldBeTrue();
        MemoryShortage.IsOf(new AggregateException(new AggregateException(shortage))).ShouldBeTrue();
        MemoryShortage.IsOf(new AggregateException(new InvalidOperationException("memory"))).ShouldBeFalse();
        var error = MemoryShortage.At(6, 8192, "fine_tuning.pack_tokens or max_tokens", shortage);
        error.Message.ShouldContain("Memory is short at step 7, for 8192 tokens at a time");
        error.WhatToDo.ShouldContain("Lower fine_tuning.pack_tokens or max_tokens, compute layers again (compute.recomputes_layers), or train with LoRA");
    }

    [Fact]
    public void Restore_OtherSettings_IsRefused()
    {
        using var model = TinyModel.Create();
        Tuner(model, "a", Options).Run(Checkpoint("a"));
        Should.Throw<EhrR1Exception>(() => Tuner(model, "a", Options).Run(new TrainingCheckpoint(_folder.PathOf("a"), "other"))).Message.ShouldContain("other data or settings");
    }

    [Fact]
    public void Run_ManySteps_LeavesNoTensorBehind()
    {
        using var model = TinyModel.Create();
        Tuner(model, "a", Options with { Epochs = 1 }).Run(Checkpoint("a"));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Tuner(model, "b", Options with { Epochs = 10 }).Run(Checkpoint("b"));
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBeLessThanOrEqualTo(before);
    }

    private FineTuner Tuner(DecoderModel model, string name, FineTuningOptions options)
    {
        Directory.CreateDirectory(_folder.PathOf(name));
        return new FineTuner(model, _cases, _cases, options, _folder.PathOf(name));
    }

    private TrainingCheckpoint Checkpoint(string name) => new(_folder.PathOf(name), "f");

    private static void Copy(DecoderModel from, DecoderModel to)
    {
        using var off = no_grad();
        foreach (var (one, other) in from.named_parameters().Zip(to.named_parameters()))
            other.parameter.copy_(one.parameter);
        from.Dispose();
    }

    private static float[] Weights(DecoderModel model) => [.. model.named_parameters().SelectMany(p => p.parameter.data<float>().ToArray())];

    private sealed class Told(Action<TrainingProgress> then) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => then(value);
    }

    // Makes the weights no numbers when so many steps are done.
    private sealed class RuinAfter(int steps, DecoderModel model) : IProgress<TrainingProgress>, IDisposable
    {
        private readonly Tensor _value = tensor(float.NaN);

        public void Report(TrainingProgress value)
        {
            if (value.Step != steps)
                return;
            using var off = no_grad();
            model.named_parameters().First().parameter.copy_(_value);
        }

        public void Dispose() => _value.Dispose();
    }

    private sealed class StopAfter(int steps, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        private int _seen;

        public void Report(TrainingProgress value)
        {
            if (++_seen == steps)
                stop.Cancel();
        }
    }
}
