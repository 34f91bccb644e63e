using CsCheck;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class PolicyLossTests
{
    [Fact]
    public void Advantages_Groups_AreThoseByHand()
    {
        // Mean 1, standard deviation with n − 1: √((1 + 1 + 0) / 2) = 1.
        Advantages.Of([0, 2, 1]).ShouldBe([-1 / 1.0001, 1 / 1.0001, 0], 1e-12);
        Advantages.Of([0, 2, 1], divides: false).ShouldBe([-1, 1, 0], 1e-12);
        Advantages.Of([3, 3, 3]).ShouldBe([0, 0, 0]);
        (Advantages.Differ([3, 3]), Advantages.Differ([3, 4])).ShouldBe((false, true));
    }

    [Fact]
    public void OfTokens_RandomTokens_IsThePlainFormula() =>
        Gen.Select(Gen.Double[-3, 0], Gen.Double[-3, 0], Gen.Double[-2, 2], Gen.Double[-3, 0]).Array[1, 12].Sample(tokens =>
        {
            using var scope = NewDisposeScope();
            var options = new PolicyLossOptions { ClipLow = 0.2, ClipHigh = 0.28, Divergence = 0.1 };
            Tensor Of(Func<(double, double, double, double), double> pick) => tensor(Array.ConvertAll(tokens, t => (float)pick(t)));
            var now = Of(t => t.Item1).requires_grad_(true);
            var loss = PolicyLoss.OfTokens(now, Of(t => t.Item2), Of(t => t.Item3), options, Of(t => t.Item4));
            for (var i = 0; i < tokens.Length; i++)
            {
                var (lp, old, a, r) = tokens[i];
                var ratio = Math.Exp(lp - old);
                var expected = -Math.Min(ratio * a, Math.Clamp(ratio, 0.8, 1.28) * a) + (0.1 * (Math.Exp(r - lp) - (r - lp) - 1));
                ((double)loss[i].item<float>()).ShouldBe(expected, 1e-4 + (1e-5 * Math.Abs(expected)));
            }
        }, iter: 200);

    [Fact]
    public void OfTokens_SamePolicy_HasTheGradientOfThePolicyGradient()
    {
        using var scope = NewDisposeScope();
        var now = tensor([-1f, -2f]).requires_grad_(true);
        var loss = PolicyLoss.OfTokens(now, null, tensor([0.5f, -1f]), new PolicyLossOptions());
        loss.data<float>().ToArray().ShouldBe([-0.5f, 1f]);
        loss.sum().backward();
        now.grad!.data<float>().ToArray().ShouldBe([-0.5f, 1f]);
    }

    [Fact]
    public void Clipped_RatiosOutside_CountWhereTheyWouldStillPay()
    {
        using var scope = NewDisposeScope();
        var drawn = zeros(4);
        var now = tensor([0.5f, 0.5f, -0.5f, -0.5f]);
        PolicyLoss.Clipped(now, drawn, tensor([1f, -1f, 1f, -1f]), new PolicyLossOptions()).ShouldBe(2);
        var tracked = now.clone().requires_grad_(true);
        PolicyLoss.OfTokens(tracked, drawn, tensor([1f, -1f, 1f, -1f]), new PolicyLossOptions()).sum().backward();
        tracked.grad!.data<float>().ToArray().Select(g => g == 0).ShouldBe([true, false, false, true]);
    }
}
