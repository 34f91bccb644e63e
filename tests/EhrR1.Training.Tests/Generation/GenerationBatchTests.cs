using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class GenerationBatchTests
{
    public static TheoryData<ModelFamily, bool> Families => [(ModelFamily.Qwen3, true), (ModelFamily.Qwen2, false), (ModelFamily.Llama, true)];

    [Theory, MemberData(nameof(Families))]
    public void Run_Greedy_IsTheMostProbableTokenOfTheWhole(ModelFamily family, bool tied)
    {
        using var model = Small.Model(family, tied);
        foreach (var engine in Engines(model))
        {
            using var scope = NewDisposeScope();
            using (engine)
            {
                int[][] prompts = [Small.Ids(5), Small.Ids(1, 2), Small.Ids(30, 3), Small.Ids(12, 4)];
                var answers = engine.Run([.. prompts.Select(p => new SequenceRequest(p, new SequenceOptions { MaxNewTokens = 20, StopTokens = [], Alternatives = 3 }))]);
                for (var i = 0; i < prompts.Length; i++)
                    ShouldBeGreedy(model, prompts[i], answers[i]);
            }
        }
    }

    [Fact]
    public void Run_WithAnySeed_IsTheSameAloneAndInABatch()
    {
        using var model = Small.Model();
        SequenceRequest Request(int i) => new(Small.Ids(3 + (i * 5 % 17), i), new SequenceOptions { MaxNewTokens = 5 + (i % 20), Temperature = 1.3, TopP = 0.9, Seed = i, StopTokens = [i % 53] });
        using var batch = new GenerationBatch(model, limits: new GenerationLimits { Sequences = 7 });
        var together = batch.Run([.. Enumerable.Range(0, 20).Select(Request)]);
        for (var i = 0; i < 20; i++)
        {
            using var single = new GenerationBatch(model);
            var alone = single.Run([Request(i)])[0];
            alone.Tokens.ShouldBe(together[i].Tokens);
            alone.LogProbabilities.ShouldBe(together[i].LogProbabilities);
            alone.End.ShouldBe(together[i].End);
        }
    }

    [Fact]
    public void Run_PlacesThatLieEvenly_ShareTheDistributionOut()
    {
        const int All = 400;
        using var model = Small.Model();
        using var batch = new GenerationBatch(model);
        var texts = batch.Run([.. Enumerable.Range(0, All).Select(i => new SequenceRequest(Small.Ids(6), new SequenceOptions { MaxNewTokens = 2, Temperature = 1, StopTokens = [], Place = (i + 0.5) / All }))]);
        // Independent draws would be 5 off, and more, for a token of the chance 0.07.
        foreach (var first in texts.GroupBy(t => t.Tokens[0]))
            ((double)first.Count()).ShouldBe(All * Math.Exp(first.First().LogProbabilities[0]), 1.01, $"{first.Key}");
        foreach (var both in texts.GroupBy(t => (t.Tokens[0], t.Tokens[1])))
            ((double)both.Count()).ShouldBe(All * Math.Exp(both.First().LogProbabilities.Sum()), 1.01, $"{both.Key}");
        texts.Select(t => t.Tokens[0]).ShouldBe(texts.Select(t => t.Tokens[0]).Order());
    }

    [Fact]
    public void Run_APlaceWhoseBitsAreUsedUp_IsDrawnOnBySeed()
    {
        using var model = Small.Model();
        GeneratedSequence Drawn(double place, long seed)
        {
            using var batch = new GenerationBatch(model);
            return batch.Run([new SequenceRequest(Small.Ids(6), new SequenceOptions { MaxNewTokens = 24, Temperature = 1, StopTokens = [], Place = place, Seed = seed })])[0];
        }

        var first = Drawn(0.3, 1);
        Drawn(0.3, 1).Tokens.ShouldBe(first.Tokens);
        var other = Drawn(0.3, 2).Tokens;
        other.ShouldNotBe(first.Tokens);
        // The place alone says what comes as long as its 53 bits are not down to 20.
        var alike = 0;
        while (first.LogProbabilities.Take(alike + 1).Sum() > -33 * Math.Log(2))
            alike++;
        alike.ShouldBeGreaterThan(2);
        other.Take(alike).ShouldBe(first.Tokens.Take(alike));
        Should.Throw<EhrR1.Charts.EhrR1Exception>(() => Drawn(1, 1)).Message.ShouldContain("place");
    }

    [Fact]
    public void Run_PromptsThatBeginAlike_AreReadOn()
    {
        using var model = Small.Model(Small.Config(ModelFamily.Qwen3) with { MaxPositions = 1024 });
        var shared = Small.Ids(600);
        int[][] prompts = [shared, [.. shared, 7, 8], [.. shared[..300], 9], shared[..10]];
        using var batch = new GenerationBatch(model);
        var together = batch.Run([.. prompts.Select(p => new SequenceRequest(p, new SequenceOptions { MaxNewTokens = 4, StopTokens = [] }))]);
        for (var i = 0; i < prompts.Length; i++)
        {
            using var single = new GenerationBatch(model);
            single.Run([new SequenceRequest(prompts[i], new SequenceOptions { MaxNewTokens = 4, StopTokens = [] })])[0].LogProbabilities.ShouldBe(together[i].LogProbabilities);
            ShouldBeGreedy(model, prompts[i], together[i] with { Alternatives = [] });
        }
    }

    [Fact]
    public void Run_InBFloat16OrWithLoRA_IsWhatTheModelSays()
    {
        using var half = Small.Model(options: new DecoderOptions { Type = ScalarType.BFloat16 });
        using var batch = new GenerationBatch(half);
        batch.Run([new SequenceRequest(Small.Ids(5), new SequenceOptions { MaxNewTokens = 9, StopTokens = [] })])[0].LogProbabilities.ShouldAllBe(p => p < 0 && p > -20);
        using var model = Small.Model();
        using var adapter = LowRankAdapter.Attach(model, new LowRankOptions { Rank = 2 });
        using (no_grad())
        {
            foreach (var (_, parameter) in adapter.NamedParameters())
                parameter.add_(0.1);
        }

        using var adapted = new GenerationBatch(model);
        ShouldBeGreedy(model, Small.Ids(5), adapted.Run([new SequenceRequest(Small.Ids(5), new SequenceOptions { MaxNewTokens = 9, StopTokens = [] })])[0]);
    }

    [Fact]
    public void Run_AllowedAnswers_GivesOneOfThem()
    {
        using var model = Small.Model();
        using var batch = new GenerationBatch(model);
        int[][] answers = [[5, 6, 7], [5, 6], [9], [5, 10, 11]];
        var drawn = batch.Run([.. Enumerable.Range(0, 40).Select(i => new SequenceRequest(Small.Ids(4), new SequenceOptions { AllowedAnswers = answers, Temperature = 3, Seed = i, StopTokens = [1] }))]);
        var texts = drawn.Select(d => string.Join(',', d.Tokens)).Distinct().Order().ToList();
        texts.ShouldBe(["5,10,11", "5,6,1", "5,6,7", "9"], ignoreOrder: true);
        drawn.Where(d => d.End == SequenceEnd.StopToken).ShouldAllBe(d => d.Tokens.Count == 3);
    }

    [Fact]
    public void Run_MoreThanTheCacheHolds_WaitsItsTurn()
    {
        using var model = Small.Model();
        using var batch = new GenerationBatch(model, limits: new GenerationLimits { CacheBytes = 1 });
        var requests = Enumerable.Range(0, 4).Select(i => new SequenceRequest(Small.Ids(4, i), new SequenceOptions { MaxNewTokens = 3, StopTokens = [] })).ToList();
        var order = new List<int>();
        var answers = batch.Run(requests, token => order.Add(token.Sequence));
        answers.ShouldAllBe(a => a.Tokens.Count == 3 && a.End == SequenceEnd.Length);
        order.ShouldBe([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    }

    [Fact]
    public void Run_MoreStepsThanPositions_GoesOnAsEachAlone()
    {
        // Of several at once one always runs, so that the shared cache never begins anew.
        using var model = Small.Model();
        var requests = Enumerable.Range(0, 40).Select(i => new SequenceRequest(Small.Ids(2 + (i * 23 % 60), i), new SequenceOptions { MaxNewTokens = 10 + (i * 7 % 30), StopTokens = [] })).ToList();
        foreach (var batch in Engines(model, new GenerationLimits { Sequences = 3 }))
        {
            using (batch)
                ShouldBeAsAlone(model, requests, batch.Run(requests));
        }
    }

    [Fact]
    public void Add_WhileOthersRun_IsAsAlone()
    {
        using var model = Small.Model();
        // The first is overtaken by a longer one, and both by one that is shorter than what they have written.
        var requests = ((int[])[3, 50, 4]).Select((length, i) => new SequenceRequest(Small.Ids(length, i), new SequenceOptions { MaxNewTokens = 30, StopTokens = [] })).ToList();
        foreach (var batch in Engines(model, new GenerationLimits()))
        {
            using (batch)
            {
                var answers = new GeneratedSequence[3];
                for (var step = 0; step == 0 || !batch.IsDone; step++)
                {
                    if (step % 9 == 0 && step / 9 < 3)
                        batch.Add(requests[step / 9]);
                    batch.Step(null, (number, answer) => answers[number] = answer, TestContext.Current.CancellationToken);
                }

                ShouldBeAsAlone(model, requests, answers);
            }
        }
    }

    [Theory]
    [InlineData(false, ScalarType.Float32, 3)]
    [InlineData(true, ScalarType.Float32, 3)]
    [InlineData(true, ScalarType.BFloat16, 6)]
    public void Step_ManyOfOneLength_FillsTheBytesOfTheLimits(bool isTensors, ScalarType type, int rows)
    {
        using var model = Small.Model(options: new DecoderOptions { Type = type });
        // Keys and values of three sequences of 80 tokens in 32 bits: two layers of two heads of eight.
        const long Bytes = 3 * 80 * 2 * 2 * 2 * 8 * sizeof(float);
        using var batch = BatchOf(model, isTensors, new GenerationLimits { CacheBytes = Bytes });
        PeakOf(batch, Enumerable.Range(0, 10).Select(i => (70, 10))).ShouldBe((Bytes, rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_OfAnyLengths_KeepsToTheBytesOfTheLimits(bool isTensors)
    {
        using var model = Small.Model();
        const long Bytes = 250 * 2 * 2 * 2 * 8 * sizeof(float);
        using var batch = BatchOf(model, isTensors, new GenerationLimits { CacheBytes = Bytes });
        var (bytes, rows) = PeakOf(batch, Enumerable.Range(0, 40).Select(i => (1 + (i * 31 % 90), 1 + (i * 17 % 35))));
        bytes.ShouldBeInRange(Bytes / 2, Bytes);
        rows.ShouldBeGreaterThan(2);
        batch.CacheBytes.ShouldBe(0);
    }

    [Fact]
    public void Run_ToTheLongest_Ends()
    {
        using var model = Small.Model();
        using var batch = new GenerationBatch(model);
        batch.Run([new SequenceRequest(Small.Ids(100), new SequenceOptions { MaxNewTokens = 1000, StopTokens = [] })])[0].Tokens.Count.ShouldBe(28);
    }

    [Fact]
    public void Cancel_OfARunningSequence_EndsIt()
    {
        using var model = Small.Model();
        using var batch = new GenerationBatch(model);
        var seen = 0;
        var answers = batch.Run([new SequenceRequest(Small.Ids(4), new SequenceOptions { StopTokens = [] })], token =>
        {
            if (++seen == 3)
                batch.Cancel(token.Sequence);
        });
        answers[0].End.ShouldBe(SequenceEnd.Cancelled);
        answers[0].Tokens.Count.ShouldBe(4);
    }

    [Fact]
    public void Add_WhatTheModelCannotDo_IsRefused()
    {
        using var model = Small.Model();
        using var batch = new GenerationBatch(model);
        SequenceRequest[] wrong = [new([], new()), new(Small.Ids(128), new()), new([53], new()), new([5], new() { TopP = 0 }), new([5], new() { LogitBias = new Dictionary<int, double> { [99] = 1 } })];
        foreach (var request in wrong)
            Should.Throw<Charts.EhrR1Exception>(() => batch.Add(request));
        batch.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Run_OverAndOver_LeavesNoTensors()
    {
        using var model = Small.Model();
        foreach (var type in new[] { false, true })
        {
            using var batch = type ? new GenerationBatch(model, new TensorEngine(model)) : new GenerationBatch(model);
            long Once()
            {
                batch.Run([.. Enumerable.Range(0, 5).Select(i => new SequenceRequest(Small.Ids(3 + i, i), new SequenceOptions { MaxNewTokens = 10 + i, StopTokens = [] }))]);
                return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            }

            Once();
            var before = Once();
            for (var i = 0; i < 5; i++)
                Once();
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
            batch.CacheBytes.ShouldBe(0);
        }
    }

    private static IEnumerable<GenerationBatch> Engines(DecoderModel model, GenerationLimits? limits = null) => [BatchOf(model, isTensors: false, limits), BatchOf(model, isTensors: true, limits)];

    private static GenerationBatch BatchOf(DecoderModel model, bool isTensors, GenerationLimits? limits) => isTensors ? new GenerationBatch(model, new TensorEngine(model), limits) : new GenerationBatch(model, limits: limits);

    private static void ShouldBeAsAlone(DecoderModel model, IReadOnlyList<SequenceRequest> requests, IReadOnlyList<GeneratedSequence> answers)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < requests.Count; i++)
        {
            using var single = new GenerationBatch(model);
            var alone = single.Run([requests[i]])[0];
            answers[i].Tokens.ShouldBe(alone.Tokens);
            answers[i].LogProbabilities.ShouldBe(alone.LogProbabilities, 1e-4);
        }
    }

    // The most bytes that were held, and the most sequences that ran at once.
    private static (long Bytes, int Rows) PeakOf(GenerationBatch batch, IEnumerable<(int Prompt, int NewTokens)> lengths)
    {
        foreach (var (prompt, newTokens) in lengths)
            batch.Add(new SequenceRequest(Small.Ids(prompt, prompt), new SequenceOptions { MaxNewTokens = newTokens, StopTokens = [] }));
        long bytes = 0;
        var rows = 0;
        while (!batch.IsDone)
        {
            var running = 0;
            batch.Step(token => running += token.End is null ? 1 : 0, null, TestContext.Current.CancellationToken);
            (bytes, rows) = (Math.Max(bytes, batch.CacheBytes), Math.Max(rows, running));
        }

        return (bytes, rows);
    }

    // The log-probabilities and the choices, against one pass over prompt and answer.
    private static void ShouldBeGreedy(DecoderModel model, int[] prompt, GeneratedSequence answer)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var log = model.Forward(Small.Batch([.. prompt, .. answer.Tokens]))[0].log_softmax(-1);
        for (var i = 0; i < answer.Tokens.Count; i++)
        {
            var row = Small.Numbers(log[prompt.Length - 1 + i]);
            answer.LogProbabilities[i].ShouldBe(row.Max(), 1e-4);
            row[answer.Tokens[i]].ShouldBe(row.Max(), 1e-4f);
            if (answer.Alternatives.Count > 0)
                answer.Alternatives[i].Select(a => a.LogProbability).ShouldBe(row.OrderDescending().Take(3).Select(x => (double)x), 1e-4);
        }
    }
}
