using System.Text.Json.Nodes;
using EhrR1.Charts;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class PolicyTrainerTests : IDisposable
{
    private const int Wanted = 7;
    private readonly TemporaryFolder _folder = new();

    private static ReinforcementOptions Options { get; } = new() { Completions = 8, Prompts = 4, Epochs = 30, LearningRate = 0.02, Temperature = 1, MaxCompletionTokens = 3, CheckpointEvery = 7 };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, LossMean.Token, 1, 0)]
    [InlineData(false, LossMean.Token, 1, 0)]
    [InlineData(true, LossMean.Sequence, 2, 0)]
    [InlineData(true, LossMean.Token, 2, 0.01)]
    public void Run_KnownOptimum_IsReached(bool divides, LossMean mean, int updates, double divergence)
    {
        using var policy = TinyModel.Create();
        using var reference = TinyModel.Create();
        var options = Options with { DividesByDeviation = divides, Mean = mean, Updates = updates, LearningRate = divides ? 0.02 : 0.05, Loss = new PolicyLossOptions { Divergence = divergence } };
        Trainer(policy, "a", options, reference).Run(Checkpoint("a"));
        var lines = MetricsLog.Read(_folder.PathOf("a"));
        ((double)lines[0]["reward"]!).ShouldBeLessThan(0.3);
        lines.TakeLast(3).ShouldAllBe(l => (double)l["reward"]! > 0.9);
        ((double)lines[^1]["terms"]!["wanted"]!).ShouldBe((double)lines[^1]["reward"]!);
    }

    [Fact]
    public void Run_StoppedAndGoneOn_GivesTheSameFigures()
    {
        using var whole = TinyModel.Create();
        Trainer(whole, "whole", Options with { Epochs = 5 }).Run(Checkpoint("whole"));
        using var model = TinyModel.Create();
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Trainer(model, "stopped", Options with { Epochs = 5 }).Run(Checkpoint("stopped"), new StopAt(3, stop), stop.Token));
        using var fresh = TinyModel.Create(seed: 5);
        Trainer(fresh, "stopped", Options with { Epochs = 5 }).Run(Checkpoint("stopped"));
        File.ReadAllText(_folder.PathOf("stopped", MetricsLog.FileName)).ShouldBe(File.ReadAllText(_folder.PathOf("whole", MetricsLog.FileName)));
    }

    [Fact]
    public void Run_EqualRewards_TeachNothingAndAreCounted()
    {
        using var policy = TinyModel.Create();
        var before = policy.named_parameters().First().parameter.data<float>().ToArray();
        new PolicyTrainer(policy, Prompts, new PlainDraw(policy, 3), new Constant(), Options with { Epochs = 1 }, Folder("a")).Run(Checkpoint("a"));
        policy.named_parameters().First().parameter.data<float>().ToArray().ShouldBe(before);
        MetricsLog.Read(_folder.PathOf("a")).ShouldAllBe(l => (int)l["equal_groups"]! == (int)l["groups"]! && (int)l["updates"]! == 0);
    }

    [Fact]
    public void Run_CutCompletions_AreMaskedWhereAsked()
    {
        using var policy = TinyModel.Create();
        new PolicyTrainer(policy, Prompts, new PlainDraw(policy, 3, isCut: true), new CountWanted(), Options with { Epochs = 1, MasksCut = true }, Folder("a")).Run(Checkpoint("a"));
        MetricsLog.Read(_folder.PathOf("a")).ShouldAllBe(l => (int)l["masked"]! == 32 && (int)l["updates"]! == 0 && (int)l["cut"]! == 32);
    }

    [Fact]
    public void Run_GroupHalfCut_TeachesByTheOthersAlone()
    {
        // Rewards 1, 0, 1, 1; the last two were cut.
        Rollout[] group = [new(0, Prompts[0], [Wanted], false), new(0, Prompts[0], [1, 2, 3], false), new(0, Prompts[0], [Wanted, Wanted], true), new(0, Prompts[0], [Wanted, Wanted], true)];
        (JsonObject Line, float[] Weights) Once(string name, Rollout[] drawn, bool masksCut)
        {
            using var policy = TinyModel.Create();
            new PolicyTrainer(policy, [Prompts[0]], new FixedDraw(drawn), new CountWanted(), Options with { Prompts = 1, Completions = drawn.Length, Epochs = 1, MasksCut = masksCut }, Folder(name)).Run(Checkpoint(name));
            return (MetricsLog.Read(_folder.PathOf(name)).Single(), [.. policy.named_parameters().SelectMany(p => p.parameter.data<float>().ToArray())]);
        }

        var masked = Once("masked", group, masksCut: true);
        ((int)masked.Line["cut"]!, (int)masked.Line["masked"]!, (int)masked.Line["equal_groups"]!, (int)masked.Line["updates"]!).ShouldBe((2, 2, 0, 1));
        // Of 1 and 0 the mean is 0.5 and the deviation 0.70711: advantages of ±0.5 / 0.70721, over one token and over three of the four.
        ((double)masked.Line["loss"]!).ShouldBe(-((1 * 0.70701) - (3 * 0.70701)) / 4, 1e-5);
        ((double)masked.Line["reward"]!).ShouldBe(0.75);
        masked.Weights.ShouldBe(Once("two", group[..2], masksCut: false).Weights);
        // Of all four the mean is 0.75 and the deviation 0.5: 0.49990 over five tokens and −1.49970 over three.
        var all = Once("all", group, masksCut: false);
        ((double)all.Line["loss"]!).ShouldBe(-((5 * 0.49990) - (3 * 1.49970)) / 8, 1e-5);
        all.Weights.ShouldNotBe(masked.Weights);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Run_DrawnAsStage3Draws_ReachesTheOptimum(bool drawsFromAll)
    {
        using var policy = TinyModel.Create();
        var options = Options with { Temperature = 0.7, DrawAtOnce = 8 };
        new PolicyTrainer(policy, Prompts, new PolicyDraw(policy, options, _ => drawsFromAll), new CountWanted(), options, Folder("a")).Run(Checkpoint("a"));
        var lines = MetricsLog.Read(_folder.PathOf("a"));
        ((double)lines[0]["reward"]!).ShouldBeLessThan(0.3);
        lines.TakeLast(3).ShouldAllBe(l => (double)l["reward"]! > 0.9);
    }

    [Fact]
    public void Run_PacksOfAnySize_LearnTheSame()
    {
        double Last(int packTokens)
        {
            using var policy = TinyModel.Create();
            var name = $"p{packTokens}";
            Trainer(policy, name, Options with { Epochs = 2, PackTokens = packTokens }).Run(Checkpoint(name));
            return (double)MetricsLog.Read(_folder.PathOf(name))[^1]["gradient_norm"]!;
        }

        Last(8).ShouldBe(Last(4096), 1e-3);
    }

    [Fact]
    public void Run_LossNoNumber_StopsWithStepAndBatchAndTheCheckpointIsWhole()
    {
        using var policy = TinyModel.Create();
        var trainer = new PolicyTrainer(policy, Prompts, new PlainDraw(policy, 3), new NoNumberFrom(3), Options with { Epochs = 4, CheckpointEvery = 1 }, Folder("nan"));
        var error = Should.Throw<EhrR1Exception>(() => trainer.Run(Checkpoint("nan")));
        error.What.ShouldMatch(@"^The loss is no number any more at step 3 \(loss NaN, gradient norm NaN; the batch's first prompts are \d, \d, \d, \d\)$");
        error.WhatToDo.ShouldContain("the last checkpoint is whole");
        using var restored = TinyModel.Create(seed: 9);
        using var optimizer = new AdamW(restored.named_parameters());
        Checkpoint("nan").Restore([.. restored.named_parameters()], optimizer).ShouldBe(2);
        restored.named_parameters().SelectMany(p => p.parameter.data<float>().ToArray()).ShouldAllBe(w => float.IsFinite(w));
        MetricsLog.Read(_folder.PathOf("nan")).Count.ShouldBe(2);
    }

    [Fact]
    public void Run_MemoryShort_SaysWhatToLowerAndTheCheckpointIsWhole()
    {
        using var policy = TinyModel.Create();
        var trainer = new PolicyTrainer(policy, Prompts, new HugeDraw(new PlainDraw(policy, 3), from: 2), new CountWanted(), Options with { Epochs = 4, CheckpointEvery = 1 }, Folder("huge"));
        var error = Should.Throw<EhrR1Exception>(() => trainer.Run(Checkpoint("huge")));
        error.What.ShouldStartWith("Memory is short at step 2,");
        foreach (var lower in (string[])["pack_tokens", "draw_at_once", "draw_memory", "recomputes_layers", "--lora"])
            error.WhatToDo.ShouldContain(lower);
        using var optimizer = new AdamW(policy.named_parameters());
        Checkpoint("huge").Restore([.. policy.named_parameters()], optimizer).ShouldBe(1);
    }

    [Fact]
    public void Run_NoMemoryForTheOptimizer_SaysThatLoraTakesLess()
    {
        using var policy = TinyModel.Create();
        // A weight that takes no memory itself, and whose moments take more than any machine has.
        using var huge = new TorchSharp.Modules.Parameter(zeros(1).expand(1L << 50));
        policy.register_parameter("huge", huge);
        var error = Should.Throw<EhrR1Exception>(() => Trainer(policy, "a", Options).Run(Checkpoint("a")));
        error.What.ShouldStartWith("Memory is short for the model together with what its training keeps of each weight");
        error.WhatToDo.ShouldContain("--lora");
    }

    [Fact]
    public void Limits_OfADraw_AreThoseOfTheSettings()
    {
        using var policy = TinyModel.Create();
        new PolicyDraw(policy, Options with { DrawAtOnce = 5, DrawMemory = 7 }).Limits.ShouldBe(new GenerationLimits { Sequences = 5, CacheBytes = 7 });
    }

    [Fact]
    public void New_DivergenceWithoutReference_IsRefused()
    {
        using var policy = TinyModel.Create();
        Should.Throw<ArgumentNullException>(() => Trainer(policy, "a", Options with { Loss = new PolicyLossOptions { Divergence = 0.1 } }));
    }

    private static IReadOnlyList<int[]> Prompts { get; } = [.. Enumerable.Range(0, 8).Select(i => new[] { i, i + 1, i + 2 })];

    private string Folder(string name)
    {
        Directory.CreateDirectory(_folder.PathOf(name));
        return _folder.PathOf(name);
    }

    private PolicyTrainer Trainer(DecoderModel policy, string name, ReinforcementOptions options, DecoderModel? reference = null) =>
        new(policy, Prompts, new PlainDraw(policy, options.MaxCompletionTokens), new CountWanted(), options, Folder(name), reference);

    private TrainingCheckpoint Checkpoint(string name) => new(_folder.PathOf(name), "f");

    // Asks libtorch for more than any machine has, as a draw of too many tokens would.
    private sealed class HugeDraw(IRolloutDraw inner, int from) : IRolloutDraw
    {
        private int _calls;

        public IReadOnlyList<Rollout> Draw(IReadOnlyList<(int Place, int[] Tokens)> prompts, int each, long seed, CancellationToken cancellationToken = default)
        {
            if (++_calls >= from)
                empty(1L << 50).Dispose();
            return inner.Draw(prompts, each, seed, cancellationToken);
        }
    }

    // A reward that comes out as no number at some step.
    private sealed class NoNumberFrom(int step) : IRolloutReward
    {
        private readonly CountWanted _inner = new();
        private int _calls;

        public IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default)
        {
            var scores = _inner.Score(rollouts, cancellationToken);
            return ++_calls < step ? scores : [.. scores.Select((s, i) => i == 0 ? s with { Total = double.NaN } : s)];
        }
    }

    // The same whatever is asked.
    private sealed class FixedDraw(Rollout[] drawn) : IRolloutDraw
    {
        public IReadOnlyList<Rollout> Draw(IReadOnlyList<(int Place, int[] Tokens)> prompts, int each, long seed, CancellationToken cancellationToken = default) => drawn;
    }

    // Draws token by token from the whole forward pass.
    private sealed class PlainDraw(DecoderModel policy, int tokens, bool isCut = false) : IRolloutDraw
    {
        public IReadOnlyList<Rollout> Draw(IReadOnlyList<(int Place, int[] Tokens)> prompts, int each, long seed, CancellationToken cancellationToken = default)
        {
            var random = new Random((int)(seed % int.MaxValue));
            using var off = no_grad();
            var rollouts = new List<Rollout>();
            foreach (var (place, prompt) in prompts)
            {
                for (var i = 0; i < each; i++)
                {
                    var all = prompt.ToList();
                    while (all.Count < prompt.Length + tokens)
                    {
                        using var scope = NewDisposeScope();
                        var logits = policy.Forward(tensor(all.ConvertAll(t => (long)t).ToArray(), [1, all.Count]));
                        var chances = logits[0, all.Count - 1].softmax(-1).data<float>().ToArray();
                        var left = random.NextDouble();
                        var token = 0;
                        while (token < chances.Length - 1 && (left -= chances[token]) > 0)
                            token++;
                        all.Add(token);
                    }

                    rollouts.Add(new Rollout(place, prompt, [.. all.Skip(prompt.Length)], isCut));
                }
            }

            return rollouts;
        }
    }

    private sealed class CountWanted : IRolloutReward
    {
        public IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default) =>
            [.. rollouts.Select(r => (double)r.Tokens.Count(t => t == Wanted) / r.Tokens.Length).Select(share => new RolloutScore(share, new Dictionary<string, double> { ["wanted"] = share }))];
    }

    private sealed class Constant : IRolloutReward
    {
        public IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default) => [.. rollouts.Select(_ => new RolloutScore(1, new Dictionary<string, double>()))];
    }

    private sealed class StopAt(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                stop.Cancel();
        }
    }
}
