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
