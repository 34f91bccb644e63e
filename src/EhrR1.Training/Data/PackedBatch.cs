using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Cases one after the other in one row, none of which looks into another: no token is spent on padding.</summary>
/// <remarks>The target of a token is the next one of its case where the model has to write that, or learns from the prompt too, else <see cref="DecoderModel.NoTarget"/>.</remarks>
public sealed class PackedBatch
{
    private readonly IReadOnlyList<int> _completions;

    /// <summary>Packs cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="learnsPrompts">Whether the tokens of prompts have targets too.</param>
    public PackedBatch(IReadOnlyList<TrainingCase> cases, bool learnsPrompts = false)
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
                Targets[at] = i + 1 < one.Tokens.Length && (learnsPrompts || i + 1 >= one.CompletionStart) ? one.Tokens[i + 1] : DecoderModel.NoTarget;
            }
        }

        _completions = [.. cases.Select(c => c.Tokens.Length - Math.Max(1, c.CompletionStart))];
        TargetCount = _completions.Sum();
        PromptCount = learnsPrompts ? total - cases.Count - TargetCount : 0;
    }

    /// <summary>The tokens.</summary>
    public long[] Ids { get; }

    /// <summary>What each token's successor has to be.</summary>
    public long[] Targets { get; }

    /// <summary>The lengths of the cases.</summary>
    public IReadOnlyList<int> Segments { get; }

    /// <summary>How many tokens the model has to write.</summary>
    public int TargetCount { get; }

    /// <summary>How many tokens of prompts have targets.</summary>
    public int PromptCount { get; }

    /// <summary>Splits cases, in order, into packs of a number of tokens at most; a case longer than that has a pack of its own.</summary>
    public static IEnumerable<PackedBatch> Split(IEnumerable<TrainingCase> cases, int tokensAtMost, bool learnsPrompts = false)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var pending = new List<TrainingCase>();
        var tokens = 0;
        foreach (var one in cases)
        {
            if (pending.Count > 0 && tokens + one.Tokens.Length > tokensAtMost)
            {
                yield return new PackedBatch(pending, learnsPrompts);
                pending.Clear();
                tokens = 0;
            }

            pending.Add(one);
            tokens += one.Tokens.Length;
        }

        if (pending.Count > 0)
            yield return new PackedBatch(pending, learnsPrompts);
    }

    /// <summary>The weight of each token's loss, 0 where the model has nothing to write; all packs of a step together sum to 1.</summary>
    /// <param name="mean">How losses are averaged.</param>
    /// <param name="cases">Cases of the step.</param>
    /// <param name="targets">Targets of the step.</param>
    public float[] Weights(LossMean mean, int cases, int targets)
    {
        var weights = new float[Ids.Length];
        var end = 0;
        for (var i = 0; i < Segments.Count; i++)
        {
            end += Segments[i];
            // A case's last token has no successor.
            weights.AsSpan(end - 1 - _completions[i], _completions[i]).Fill((float)(mean == LossMean.Token ? 1.0 / targets : 1.0 / ((double)cases * _completions[i])));
        }

        return weights;
    }

    /// <summary>The weight of each prompt token's loss, 0 elsewhere; all packs of a step together sum to 1.</summary>
    /// <param name="prompts">Tokens of prompts that have targets, of the step.</param>
    public float[] PromptWeights(int prompts)
    {
        var weights = new float[Ids.Length];
        var start = 0;
        for (var i = 0; i < Segments.Count && PromptCount > 0; i++)
        {
            weights.AsSpan(start, Segments[i] - 1 - _completions[i]).Fill((float)(1.0 / prompts));
            start += Segments[i];
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
