using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Cases one after the other in one row, none of which looks into another: no token is spent on padding.</summary>
/// <remarks>The target of a token is the next one of its case where the model has to write that, else <see cref="DecoderModel.NoTarget"/>.</remarks>
public sealed class PackedBatch
{
    /// <summary>Packs cases.</summary>
    public PackedBatch(IReadOnlyList<TrainingCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var total = cases.Sum(c => c.Tokens.Length);
        Ids = new long[total];
        Targets = new long[total];
        Segments = [.. cases.Select(c => c.Tokens.Length)];
        var at = 0;
        foreach (var one in cases)
        {
            for (var i = 0; i < one.Tokens.Length; i++, at++)
            {
                Ids[at] = one.Tokens[i];
                Targets[at] = i + 1 >= one.CompletionStart && i + 1 < one.Tokens.Length ? one.Tokens[i + 1] : DecoderModel.NoTarget;
            }
        }

        TargetCount = cases.Sum(c => c.Tokens.Length - Math.Max(1, c.CompletionStart));
    }

    /// <summary>The tokens.</summary>
    public long[] Ids { get; }

    /// <summary>What each token's successor has to be.</summary>
    public long[] Targets { get; }

    /// <summary>The lengths of the cases.</summary>
    public IReadOnlyList<int> Segments { get; }

    /// <summary>How many tokens the model has to write.</summary>
    public int TargetCount { get; }

    /// <summary>Splits cases, in order, into packs of a number of tokens at most; a case longer than that has a pack of its own.</summary>
    public static IEnumerable<PackedBatch> Split(IEnumerable<TrainingCase> cases, int tokensAtMost)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var pending = new List<TrainingCase>();
        var tokens = 0;
        foreach (var one in cases)
        {
            if (pending.Count > 0 && tokens + one.Tokens.Length > tokensAtMost)
            {
                yield return new PackedBatch(pending);
                pending.Clear();
                tokens = 0;
            }

            pending.Add(one);
            tokens += one.Tokens.Length;
        }

        if (pending.Count > 0)
            yield return new PackedBatch(pending);
    }

    /// <summary>The weight of each token's loss, 0 where there is no target; all packs of a step together sum to 1.</summary>
    /// <param name="mean">How losses are averaged.</param>
    /// <param name="cases">Cases of the step.</param>
    /// <param name="targets">Targets of the step.</param>
    public float[] Weights(LossMean mean, int cases, int targets)
    {
        var weights = new float[Ids.Length];
        var at = 0;
        foreach (var length in Segments)
        {
            var own = 0;
            for (var i = at; i < at + length; i++)
                own += Targets[i] == DecoderModel.NoTarget ? 0 : 1;
            for (var i = at; i < at + length; i++)
                weights[i] = Targets[i] == DecoderModel.NoTarget ? 0 : (float)(mean == LossMean.Token ? 1.0 / targets : 1.0 / ((double)cases * own));
            at += length;
        }

        return weights;
    }

    /// <summary>The log-probability of every target, [1, tokens], 0 where there is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="temperature">What logits are divided by.</param>
    public Tensor LogProbabilities(DecoderModel model, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        var device = model.Options.Device;
        return model.LogProbabilities(tensor(Ids, [1, Ids.Length], device: device), tensor(Targets, [1, Targets.Length], device: device), new DecoderInput { Segments = Segments }, temperature);
    }
}
