using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class AdamWTests
{
    [Fact]
    public void Step_RandomGradients_AreTorchsOwn()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (new Parameter(ones(3, 4)), new Parameter(ones(3, 4)));
        using var optimizer = new AdamW([("p", ours)], weightDecay: 0.1);
        using var reference = optim.AdamW([theirs], lr: 0.01, weight_decay: 0.1);
        using var random = new Generator(4);
        for (var step = 0; step < 20; step++)
        {
            var weights = randn([3, 4], generator: random);
            foreach (var parameter in (Parameter[])[ours, theirs])
                parameter.mul(weights).pow(2).sum().backward();
            optimizer.Step(0.01);
            reference.step();
            optimizer.ZeroGradients();
            reference.zero_grad();
            Difference(ours, theirs).ShouldBeLessThan(1e-6);
        }
    }

    [Fact]
    public void Restore_State_GoesOnAsIfNotStopped()
    {
        using var scope = NewDisposeScope();
        var (whole, stopped) = (new Parameter(ones(5)), new Parameter(ones(5)));
        using var first = new AdamW([("p", whole)]);
        Steps(first, whole, 0, 6);
        using var before = new AdamW([("p", stopped)]);
        Steps(before, stopped, 0, 3);
        using var after = new AdamW([("p", stopped)]);
        after.Restore(before.State(), before.Steps);
        Steps(after, stopped, 3, 6);
        Difference(whole, stopped).ShouldBe(0);
    }

    [Fact]
    public void Step_SixteenBits_AddsSmallStepsUp()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1, ScalarType.BFloat16));
        using var optimizer = new AdamW([("p", parameter)]);
        for (var step = 0; step < 100; step++)
        {
            parameter.sum().backward();
            optimizer.Step(1e-3);
            optimizer.ZeroGradients();
        }

        // Each step is 0.001; added to a number of 8 bits at 1 it would be lost.
        parameter.to(ScalarType.Float32).item<float>().ShouldBe(0.9f, 0.004f);
    }

    [Fact]
    public void Gather_ManySmallGradientsOfSixteenBits_LosesNone()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1, ScalarType.BFloat16));
        using var optimizer = new AdamW([("p", parameter)]);
        optimizer.ClipGradients(1).ShouldBe(0);
        for (var i = 0; i < 1000; i++)
        {
            parameter.sum().backward();
            optimizer.Gather();
        }

        // In eight bits of mantissa 256 + 1 is 256.
        optimizer.ClipGradients(100).ShouldBe(1000, 1e-3);
        optimizer.Gradients.Single().item<float>().ShouldBe(100, 1e-3);
        optimizer.ZeroGradients();
        optimizer.Gradients.Single().item<float>().ShouldBe(0);
    }

    [Fact]
    public void ClipGradients_LongGradient_GetsTheNorm()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var optimizer = new AdamW([("a", a), ("b", b)]);
        a.mul(3).add(b.mul(4)).sum().backward();
        optimizer.ClipGradients(10).ShouldBe(5, 1e-6);
        a.grad!.item<float>().ShouldBe(3);
        optimizer.ClipGradients(1).ShouldBe(5, 1e-6);
        (a.grad!.item<float>(), b.grad!.item<float>()).ShouldBe((0.6f, 0.8f), new Tolerance());
        optimizer.ZeroGradients();
        a.grad!.item<float>().ShouldBe(0);
    }

    private static void Steps(IOptimizer optimizer, Parameter parameter, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            parameter.mul(step + 1).pow(2).sum().backward();
            optimizer.Step(0.1);
            optimizer.ZeroGradients();
        }
    }

    private static double Difference(Tensor a, Tensor b) => a.sub(b).abs().max().item<float>();

    private sealed class Tolerance : IEqualityComparer<(float, float)>
    {
        public bool Equals((float, float) x, (float, float) y) => Math.Abs(x.Item1 - y.Item1) < 1e-4 && Math.Abs(x.Item2 - y.Item2) < 1e-4;

        public int GetHashCode((float, float) obj) => 0;
    }
}
