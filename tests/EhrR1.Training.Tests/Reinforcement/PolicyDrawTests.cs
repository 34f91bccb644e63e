using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class PolicyDrawTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draw_PromptsThatNeedAllTokens_AreDrawnAtTemperatureOneFromAll()
    {
        using var policy = TinyModel.Create();
        var options = new ReinforcementOptions { MaxCompletionTokens = 4, Temperature = 0.5, TopK = 1 };
        var drawn = new PolicyDraw(policy, options, place => place == 1).Draw([(0, [3, 4]), (1, [3, 4])], 6, seed: 2);
        var (few, all) = (drawn.Where(r => r.Prompt == 0).ToList(), drawn.Where(r => r.Prompt == 1).ToList());
        few.ShouldAllBe(r => r.Temperature == 0.5 && r.Tokens.SequenceEqual(few[0].Tokens));
        all.ShouldAllBe(r => r.Temperature == 1);
        all.Select(r => string.Join(' ', r.Tokens)).Distinct().Count().ShouldBe(6);
    }

    // A chance of 0.98 that should be 0: a nucleus of 0.95 holds one answer alone, and would never pull it back.
    [Theory, InlineData(false), InlineData(true)]
    public void Run_ConfidentAndWrong_IsPulledBackWhereAllTokensAreDrawn(bool fromAll)
    {
        const int Yes = 5, No = 6;
        using var policy = TinyModel.Create();
        Teach(policy, Yes, No);
        var before = Chance(policy, Yes);
        before.ShouldBeInRange(0.96, 0.995);
        var options = new ReinforcementOptions { Completions = 64, Prompts = 1, Epochs = 20, LearningRate = 0.01, MaxCompletionTokens = 1, DividesByDeviation = false };
        new PolicyTrainer(policy, [[3, 4]], new PolicyDraw(policy, options, _ => fromAll), new Calibrated(policy, Yes), options, Directory.CreateDirectory(_folder.PathOf("a")).FullName).Run(new TrainingCheckpoint(_folder.PathOf("a"), "f"));
        if (fromAll)
            Chance(policy, Yes).ShouldBeLessThan(before - 0.05);
        else
            Chance(policy, Yes).ShouldBe(before, 1e-6);
    }

    private static double Chance(DecoderModel policy, int token) => Math.Exp(AnswerLikelihood.Of(policy, [3, 4], [[token]])[0]);

    private void Teach(DecoderModel policy, int yes, int no)
    {
        using var cases = TokenizedCases.Write(_folder.PathOf("cases"), Enumerable.Range(0, 100).Select(i => new TrainingCase([3, 4, i % 50 == 0 ? no : yes], 2, IsReasoning: false)));
        new FineTuner(policy, cases, null, new FineTuningOptions { BatchSize = 100, Epochs = 150, LearningRate = 0.02 }, Directory.CreateDirectory(_folder.PathOf("taught")).FullName).Run(new TrainingCheckpoint(_folder.PathOf("taught"), "t"));
    }

    private sealed class Calibrated(DecoderModel policy, int yes) : IRolloutReward
    {
        public IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default)
        {
            var chance = Chance(policy, yes);
            return [.. rollouts.Select(r => new RolloutScore(r.Tokens[0] == yes ? -chance : chance, new Dictionary<string, double>()) { KeepsScale = true })];
        }
    }
}
