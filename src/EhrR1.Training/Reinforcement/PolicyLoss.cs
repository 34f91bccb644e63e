using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The loss of GRPO over the tokens of some completions.</summary>
/// <remarks>
/// For each token −min(ρA, clip(ρ, 1 − ε, 1 + ε′)A) + βKL, where ρ is the ratio of the token's probability to the one under the policy that drew it (Schulman et al. 2017;
/// an upper bound ε′ of its own is "clip-higher", Yu et al., "DAPO", 2025). The KL divergence to a reference is estimated for each token by
/// exp(d) − d − 1, d = log π_ref − log π (Schulman, "Approximating KL divergence", 2020), as DeepSeekMath has it.
/// </remarks>
public static class PolicyLoss
{
    /// <summary>The loss of each token, [tokens].</summary>
    /// <param name="now">Log-probabilities under the policy, [tokens], with gradients.</param>
    /// <param name="drawn">The same under the policy that drew the tokens; <see langword="null"/> where it is the same one, so that the ratio is 1.</param>
    /// <param name="advantages">The advantage of each token's completion, [tokens].</param>
    /// <param name="options">ε, ε′ and β.</param>
    /// <param name="reference">The same under the reference; needed where β is not 0.</param>
    public static Tensor OfTokens(Tensor now, Tensor? drawn, Tensor advantages, PolicyLossOptions options, Tensor? reference = null)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(options);
        using var scope = NewDisposeScope();
        var ratio = now.Plus(drawn ?? now.detach(), -1).exp();
        var clipped = ratio.Between(1 - options.ClipLow, 1 + options.ClipHigh);
        var loss = minimum(ratio.mul(advantages), clipped.mul(advantages)).neg();
        if (options.Divergence != 0)
        {
            var difference = (reference ?? throw new ArgumentNullException(nameof(reference))).Plus(now, -1);
            loss = loss.Plus(difference.exp().Plus(difference, -1).PlusInPlace(-1).Times(options.Divergence));
        }

        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>How many tokens are clipped: their ratio is outside, on the side where it would still pay.</summary>
    public static long Clipped(Tensor now, Tensor drawn, Tensor advantages, PolicyLossOptions options)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(options);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var ratio = now.Plus(drawn, -1).exp();
        using Scalar least = 1 - options.ClipLow;
        using Scalar most = 1 + options.ClipHigh;
        using Scalar zero = 0;
        return ratio.lt(least).logical_and(advantages.lt(zero)).logical_or(ratio.gt(most).logical_and(advantages.gt(zero))).sum().ToInt64();
    }
}
