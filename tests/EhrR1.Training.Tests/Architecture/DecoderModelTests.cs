using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class DecoderModelTests
{
    public static TheoryData<ModelFamily, bool, AttentionKind> Kinds =>
    [
        (ModelFamily.Qwen3, true, AttentionKind.Fused), (ModelFamily.Qwen3, false, AttentionKind.Plain), (ModelFamily.Qwen2, true, AttentionKind.Plain),
        (ModelFamily.Qwen2, false, AttentionKind.Fused), (ModelFamily.Llama, false, AttentionKind.Fused), (ModelFamily.Llama, true, AttentionKind.Plain),
    ];

    [Theory, MemberData(nameof(Kinds))]
    public void Forward_OfEveryFamily_IsThePlainDecoders(ModelFamily family, bool tied, AttentionKind attention)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(family, tied, new DecoderOptions { Attention = attention });
        int[] first = Small.Ids(19), second = Small.Ids(19, seed: 8);
        var logits = model.Forward(Small.Batch(first, second));
        var plain = new PlainDecoder(model);
        Compare(logits[0], plain.Logits(first));
        Compare(logits[1], plain.Logits(second));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Gradients_OfEveryFamily_AreFiniteDifferences(ModelFamily family, bool tied, AttentionKind attention)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(family, tied, new DecoderOptions { Attention = attention });
        int[] ids = Small.Ids(9), targets = [.. ids[1..], -100];
        targets[0] = targets[3] = -100;
        model.LogProbabilities(Small.Batch(ids), Small.Batch(targets)).sum().backward();
        var plain = new PlainDecoder(model);
        var random = new Random(3);
        foreach (var (name, parameter) in model.NamedWeights())
        {
            var gradient = Small.Numbers(parameter.grad!);
            var weights = plain.Weights[name];
            foreach (var i in Enumerable.Range(0, 4).Select(_ => name.Contains("embed") ? (ids[random.Next(9)] * 12) + random.Next(12) : random.Next(weights.Length)))
            {
                const double Step = 1e-5;
                var was = weights[i];
                weights[i] = was + Step;
                var above = plain.LogProbability(ids, targets);
                weights[i] = was - Step;
                var below = plain.LogProbability(ids, targets);
                weights[i] = was;
                ((double)gradient[i]).ShouldBe((above - below) / (2 * Step), 2e-4 * Math.Max(1, Math.Abs(gradient[i])), $"{name}[{i}]");
            }
        }
    }

    [Fact]
    public void Forward_FusedAndPlain_AreEqual()
    {
        using var scope = NewDisposeScope();
        using var fused = Small.Model();
        using var plain = Small.Model(options: new DecoderOptions { Attention = AttentionKind.Plain });
        var ids = Small.Batch(Small.Ids(40), Small.Ids(40, 2));
        Small.Farthest(fused.Forward(ids), plain.Forward(ids)).ShouldBeLessThan(2e-5);
    }

    [Theory]
    [InlineData(AttentionKind.Fused)]
    [InlineData(AttentionKind.Plain)]
    public void Forward_Packed_IsEverySampleAlone(AttentionKind attention)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(options: new DecoderOptions { Attention = attention });
        int[] a = Small.Ids(5), b = Small.Ids(1, 2), c = Small.Ids(6, 3), d = Small.Ids(9, 4);
        var packed = model.Forward(Small.Batch([.. a, .. b, .. c], [.. d, 0, 0, 0]), new DecoderInput { Segments = [5, 1, 6, 9, 3] });
        foreach (var (sample, row, start) in new[] { (a, 0, 0), (b, 0, 5), (c, 0, 6), (d, 1, 0) })
            Small.Farthest(packed[row].narrow(0, start, sample.Length), model.Forward(Small.Batch(sample))[0]).ShouldBeLessThan(2e-5);
    }

    [Fact]
    public void Forward_PackedWrongly_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        Should.Throw<ArgumentException>(() => model.Forward(Small.Batch(Small.Ids(5)), new DecoderInput { Segments = [2, 2] }));
    }

    [Theory]
    [InlineData(AttentionKind.Fused)]
    [InlineData(AttentionKind.Plain)]
    public void Forward_FilledUpAtTheLeft_IsEveryRowAlone(AttentionKind attention)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(options: new DecoderOptions { Attention = attention });
        int[] longer = Small.Ids(7), shorter = Small.Ids(4, 2);
        var mask = tensor(new[] { true, true, true, true, true, true, true, false, false, false, true, true, true, true }, [2, 7]);
        var batch = model.Forward(Small.Batch(longer, [0, 0, 0, .. shorter]), new DecoderInput { Mask = mask });
        Small.Farthest(batch[0], model.Forward(Small.Batch(longer))[0]).ShouldBeLessThan(2e-5);
        Small.Farthest(batch[1].narrow(0, 3, 4), model.Forward(Small.Batch(shorter))[0]).ShouldBeLessThan(2e-5);
        Small.Numbers(batch).ShouldAllBe(x => float.IsFinite(x));
    }

    [Theory]
    [InlineData(AttentionKind.Fused)]
    [InlineData(AttentionKind.Plain)]
    public void Forward_WithACache_IsTheWholeAtOnce(AttentionKind attention)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(options: new DecoderOptions { Attention = attention });
        var ids = Small.Batch(Small.Ids(90), Small.Ids(90, 2));
        var whole = model.Forward(ids);
        using var cache = model.NewCache(2, capacity: 4);
        var start = 0;
        foreach (var length in new[] { 1, 7, 1, 1, 60, 1, 19 })
        {
            var part = model.Forward(ids.narrow(1, start, length), new DecoderInput { Cache = cache });
            Small.Farthest(part, whole.narrow(1, start, length)).ShouldBeLessThan(2e-5);
            start += length;
        }

        cache.Length.ShouldBe(90);
        cache.Truncate(30);
        cache.Keep([1]);
        Small.Farthest(model.Forward(ids.narrow(0, 1, 1).narrow(1, 30, 5), new DecoderInput { Cache = cache }), whole.narrow(0, 1, 1).narrow(1, 30, 5)).ShouldBeLessThan(2e-5);
    }

    [Fact]
    public void Forward_BeyondTheLongest_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        Should.Throw<Charts.EhrR1Exception>(() => model.Forward(Small.Batch(Small.Ids(129)))).Message.ShouldContain("129");
    }

    [Fact]
    public void Forward_PackedSampleBeyondTheLongest_IsRefusedAndManyShortOnesAreNot()
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        model.Forward(Small.Batch(Small.Ids(130)), new DecoderInput { Segments = [128, 2] }).shape.ShouldBe([1, 130, 53]);
        var error = Should.Throw<Charts.EhrR1Exception>(() => model.Forward(Small.Batch(Small.Ids(130)), new DecoderInput { Segments = [1, 129] }));
        error.What.ShouldBe("A packed sample of 129 tokens is longer than the model's 128");
        error.WhatToDo.ShouldContain("max_tokens");
    }

    [Fact]
    public void Forward_InBFloat16_IsNearTheFloats()
    {
        using var scope = NewDisposeScope();
        using var exact = Small.Model();
        using var half = Small.Model(options: new DecoderOptions { Type = ScalarType.BFloat16 });
        var ids = Small.Batch(Small.Ids(30));
        Tensor expected = exact.Forward(ids), actual = half.Forward(ids);
        actual.dtype.ShouldBe(ScalarType.BFloat16);
        // Eight bits of mantissa: each of some forty roundings in a row is off by at most 2^-9 of the largest logit.
        var largest = expected.abs().max().ToDouble();
        Small.Farthest(actual, expected).ShouldBeLessThan(40 * Math.Pow(2, -9) * largest);
        Small.Farthest(actual, expected).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void LogProbability_InBlocks_IsTheSoftmaxWithItsGradients()
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new long[] { 1, 4, 0, 6, 6, 2, 3 });
        var gradients = new List<Tensor>();
        foreach (var isBlocked in new[] { true, false })
        {
            Tensor hidden = randn([7, 3], generator: new Generator(1)).requires_grad_(true), table = randn([11, 3], generator: new Generator(2)).requires_grad_(true);
            // Two rows' logits at a time.
            var found = isBlocked ? TokenLogProbability.Of(hidden, table, targets, 25) : nn.functional.linear(hidden, table).log_softmax(-1).gather(1, targets.unsqueeze(1)).squeeze(1);
            found.mul(arange(1, 8)).sum().backward();
            gradients.AddRange([found, hidden.grad!, table.grad!]);
        }

        for (var i = 0; i < 3; i++)
            Small.Farthest(gradients[i], gradients[i + 3]).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void LogProbability_InManyBlocksOfSixteenBits_LosesNoGradientOfTheTable()
    {
        using var scope = NewDisposeScope();
        Tensor Gradient(int rows)
        {
            var table = randn([11, 3], generator: new Generator(2)).to(ScalarType.BFloat16).requires_grad_(true);
            var hidden = ones([rows, 3], ScalarType.BFloat16);
            // One row's logits at a time.
            TokenLogProbability.Of(hidden, table, zeros([rows], ScalarType.Int64), 11).sum().backward();
            return table.grad!.to(ScalarType.Float32);
        }

        var one = Gradient(1);
        Small.Farthest(Gradient(1024).div(1024), one).ShouldBeLessThan(0.01 * one.abs().max().item<float>());
    }

    [Fact]
    public void Forward_OfRecomputedLayers_HoldsLessMemory()
    {
        var config = Small.Config(ModelFamily.Qwen3) with { HiddenSize = 64, IntermediateSize = 9216, Layers = 2, MaxPositions = 1024 };
        long Held(bool recomputes)
        {
            using var model = DecoderModel.Create(config, 1, new DecoderOptions { RecomputesLayers = recomputes });
            using var scope = NewDisposeScope();
            var before = Environment.WorkingSet;
            var hidden = model.Hidden(Small.Batch(Small.Ids(1024)));
            var held = Environment.WorkingSet - before;
            hidden.sum().backward();
            return held;
        }

        Held(true);
        // Four tensors of 36 MiB in each of two layers are kept, or are not: so large that the C library gives each back to the system, whatever tests ran before.
        (Held(false) - Held(true)).ShouldBeGreaterThan(100L << 20);
    }

    [Fact]
    public void LogProbabilities_OfAnswers_AreThoseOfTheLogits()
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        int[] ids = Small.Ids(12), targets = [.. ids[1..], -100];
        var found = model.LogProbabilities(Small.Batch(ids), Small.Batch(targets));
        var expected = model.Forward(Small.Batch(ids)).log_softmax(-1);
        for (var t = 0; t < 11; t++)
            found[0, t].ToDouble().ShouldBe(expected[0, t, targets[t]].ToDouble(), 1e-5);
        found[0, 11].ToDouble().ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_OfRecomputedLayers_AreTheSame(bool isFrozen)
    {
        using var scope = NewDisposeScope();
        using var kept = Small.Model();
        using var again = Small.Model(options: new DecoderOptions { RecomputesLayers = true });
        int[] ids = Small.Ids(14), targets = [.. ids[1..], -100];
        foreach (var model in new[] { kept, again })
        {
            model.Stack.Embeddings.Weight.requires_grad = !isFrozen;
            model.LogProbabilities(Small.Batch(ids), Small.Batch(targets)).mean().backward();
        }

        var others = again.NamedWeights();
        foreach (var (name, parameter) in kept.NamedWeights().Where(p => p.Value.requires_grad))
            Small.Farthest(parameter.grad!, others[name].grad!).ShouldBeLessThan(1e-6, name);
    }

    [Fact]
    public void Create_SameSeed_SameWeights()
    {
        using var scope = NewDisposeScope();
        using var first = DecoderModel.Create(Small.Config(ModelFamily.Qwen2), 5);
        using var second = DecoderModel.Create(Small.Config(ModelFamily.Qwen2), 5);
        using var third = DecoderModel.Create(Small.Config(ModelFamily.Qwen2), 6);
        var name = "model.layers.1.mlp.up_proj.weight";
        Small.Numbers(first.NamedWeights()[name]).ShouldBe(Small.Numbers(second.NamedWeights()[name]));
        Small.Numbers(first.NamedWeights()[name]).ShouldNotBe(Small.Numbers(third.NamedWeights()[name]));
        Small.Numbers(first.NamedWeights()["model.norm.weight"]).ShouldAllBe(x => x == 1);
        Small.Numbers(first.NamedWeights()["model.layers.0.self_attn.q_proj.bias"]).ShouldAllBe(x => x == 0);
    }

    [Fact]
    public void Training_OverManySteps_LeavesNoTensors()
    {
        using var model = Small.Model(options: new DecoderOptions { RecomputesLayers = true });
        long Step()
        {
            using (NewDisposeScope())
            {
                int[] ids = Small.Ids(14), targets = [.. ids[1..], -100];
                model.LogProbabilities(Small.Batch(ids), Small.Batch(targets)).mean().backward();
                model.zero_grad();
            }

            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Step();
        var before = Step();
        for (var i = 0; i < 20; i++)
            Step();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
    }

    private static void Compare(Tensor logits, double[][] expected)
    {
        var actual = Small.Numbers(logits);
        for (var i = 0; i < actual.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i / 53][i % 53], 1e-4, $"token {i / 53}, logit {i % 53}");
    }
}
