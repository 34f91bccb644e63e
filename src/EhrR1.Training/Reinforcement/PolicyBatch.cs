using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Completions with their advantages, packed for one update.</summary>
/// <remarks>Advantages and weights stand at the tokens whose successors were drawn, and are 0 elsewhere.</remarks>
internal sealed class PolicyBatch
{
    private readonly PackedBatch _pack;
    private readonly float[] _advantages;
    private readonly float[] _weights;

    private PolicyBatch(PackedBatch pack, float[] advantages, float[] weights) => (_pack, _advantages, _weights) = (pack, advantages, weights);

    public int Tokens => _pack.Ids.Length;

    /// <summary>The log-probabilities before the first update, [1, tokens]; set where there is more than one.</summary>
    public float[]? Drawn { get; set; }

    /// <summary>The same under the reference.</summary>
    public float[]? Reference { get; set; }

    /// <summary>Packs completions; weights sum to 1 over all packs together.</summary>
    public static List<PolicyBatch> Of(IReadOnlyList<Rollout> rollouts, IReadOnlyList<double> advantages, LossMean mean, int packTokens)
    {
        var cases = rollouts.Select(r => new TrainingCase([.. r.PromptTokens, .. r.Tokens], r.PromptTokens.Length, IsReasoning: false)).ToList();
        var all = (double)cases.Sum(c => c.CompletionTokens);
        var batches = new List<PolicyBatch>();
        var next = 0;
        foreach (var pack in PackedBatch.Split(cases, packTokens))
        {
            var (a, w) = (new float[pack.Ids.Length], new float[pack.Ids.Length]);
            var at = 0;
            foreach (var length in pack.Segments)
            {
                var weight = mean == LossMean.Token ? 1 / all : 1.0 / (cases.Count * cases[next].CompletionTokens);
                for (var i = at + cases[next].CompletionStart - 1; i < at + length - 1; i++)
                    (a[i], w[i]) = ((float)advantages[next], (float)weight);
                at += length;
                next++;
            }

            batches.Add(new PolicyBatch(pack, a, w));
        }

        return batches;
    }

    /// <summary>Log-probabilities under a model, without gradients.</summary>
    public float[] LogProbabilities(DecoderModel model, double temperature)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        return _pack.LogProbabilities(model, temperature).cpu().data<float>().ToArray();
    }

    /// <summary>Adds the gradients of this pack's part of the loss.</summary>
    /// <returns>The part, and how many tokens were clipped.</returns>
    public (double Loss, long Clipped) Backward(DecoderModel model, PolicyLossOptions options, double temperature)
    {
        using var scope = NewDisposeScope();
        var now = _pack.LogProbabilities(model, temperature);
        var (advantages, drawn) = (Row(_advantages, model), Drawn is null ? null : Row(Drawn, model));
        var loss = PolicyLoss.OfTokens(now, drawn, advantages, options, Reference is null ? null : Row(Reference, model)).mul(Row(_weights, model)).sum();
        loss.backward();
        return (loss.item<float>(), drawn is null ? 0 : PolicyLoss.Clipped(now, drawn, advantages, options));
    }

    private static Tensor Row(float[] values, DecoderModel model) => tensor(values, [1, values.Length], device: model.Options.Device);
}
