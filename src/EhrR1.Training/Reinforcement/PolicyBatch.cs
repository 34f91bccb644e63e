using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Completions with their advantages, packed for one update.</summary>
/// <remarks>Advantages and weights stand at the tokens whose successors were drawn, and are 0 elsewhere.</remarks>
internal sealed class PolicyBatch
{
    private readonly PackedBatch _pack;
    private readonly float[] _advantages;
    private readonly float[] _weights;

    private readonly double _temperature;

    private PolicyBatch(PackedBatch pack, float[] advantages, float[] weights, double temperature) => (_pack, _advantages, _weights, _temperature) = (pack, advantages, weights, temperature);

    public int Tokens => _pack.Ids.Length;

    /// <summary>The log-probabilities before the first update, [1, tokens]; set where there is more than one.</summary>
    public float[]? Drawn { get; set; }

    /// <summary>The same under the reference.</summary>
    public float[]? Reference { get; set; }

    /// <summary>Packs completions, those drawn at one temperature together; weights sum to 1 over all packs.</summary>
    public static List<PolicyBatch> Of(IReadOnlyList<Rollout> rollouts, IReadOnlyList<double> advantages, LossMean mean, int packTokens, double temperature)
    {
        var all = (double)rollouts.Sum(r => r.Tokens.Length);
        var batches = new List<PolicyBatch>();
        foreach (var alike in Enumerable.Range(0, rollouts.Count).GroupBy(i => rollouts[i].Temperature ?? temperature))
            Add(batches, [.. alike.Select(i => rollouts[i])], [.. alike.Select(i => advantages[i])], r => mean == LossMean.Token ? 1 / all : 1.0 / (rollouts.Count * (double)r.Tokens.Length), packTokens, alike.Key);
        return batches;
    }

    private static void Add(List<PolicyBatch> batches, IReadOnlyList<Rollout> rollouts, IReadOnlyList<double> advantages, Func<Rollout, double> weightOf, int packTokens, double temperature)
    {
        var cases = rollouts.Select(r => new TrainingCase([.. r.PromptTokens, .. r.Tokens], r.PromptTokens.Length, IsReasoning: false)).ToList();
        var next = 0;
        foreach (var pack in PackedBatch.Split(cases, packTokens))
        {
            var (a, w) = (new float[pack.Ids.Length], new float[pack.Ids.Length]);
            var at = 0;
            foreach (var length in pack.Segments)
            {
                var weight = weightOf(rollouts[next]);
                for (var i = at + cases[next].CompletionStart - 1; i < at + length - 1; i++)
                    (a[i], w[i]) = ((float)advantages[next], (float)weight);
                at += length;
                next++;
            }

            batches.Add(new PolicyBatch(pack, a, w, temperature));
        }
    }

    /// <summary>Log-probabilities under a model, without gradients.</summary>
    public float[] LogProbabilities(DecoderModel model)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        return _pack.LogProbabilities(model, _temperature).cpu().data<float>().ToArray();
    }

    /// <summary>Adds the gradients of this pack's part of the loss.</summary>
    /// <returns>The part, and how many tokens were clipped.</returns>
    public (double Loss, long Clipped) Backward(DecoderModel model, PolicyLossOptions options)
    {
        using var scope = NewDisposeScope();
        var now = _pack.LogProbabilities(model, _temperature);
        var (advantages, drawn) = (Row(_advantages, model), Drawn is null ? null : Row(Drawn, model));
        var loss = PolicyLoss.OfTokens(now, drawn, advantages, options, Reference is null ? null : Row(Reference, model)).mul(Row(_weights, model)).sum();
        loss.backward();
        return (loss.item<float>(), drawn is null ? 0 : PolicyLoss.Clipped(now, drawn, advantages, options));
    }

    private static Tensor Row(float[] values, DecoderModel model) => tensor(values, [1, values.Length], device: model.Options.Device);
}
