using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The log-probability of every token of a prompt.</summary>
public static class PromptLikelihood
{
    private const int Block = 256;

    // Logits that are held at once.
    private const int MostLogits = 1 << 22;

    /// <summary>The places of all tokens but the first, which nothing comes before.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The prompt's tokens, at least one.</param>
    /// <param name="alternatives">How many probable tokens are told at each place.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public static IReadOnlyList<PromptPlace> Of(DecoderModel model, IReadOnlyList<int> prompt, int alternatives = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfZero(prompt.Count);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        using var cache = model.NewCache(1, prompt.Count);
        var places = new List<PromptPlace>(prompt.Count - 1);
        var rows = Math.Clamp(MostLogits / model.Config.VocabularySize, 1, Block);
        for (var start = 0; start + 1 < prompt.Count; start += Block)
        {
            using var block = NewDisposeScope();
            var count = Math.Min(Block, prompt.Count - 1 - start);
            var ids = tensor(Enumerable.Range(start, count).Select(i => (long)prompt[i]).ToArray(), [1, count], device: model.Options.Device);
            var hidden = model.Hidden(ids, new DecoderInput { Cache = cache })[0];
            for (var row = 0; row < count; row += rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = Math.Min(rows, count - row);
                Add(places, model.Logits(hidden.narrow(0, row, next)), [.. Enumerable.Range(start + row + 1, next).Select(i => (long)prompt[i])], alternatives);
            }
        }

        return places;
    }

    private static void Add(List<PromptPlace> places, Tensor logits, long[] targets, int alternatives)
    {
        using var scope = NewDisposeScope();
        var logs = logits.to(ScalarType.Float32).log_softmax(-1);
        var own = logs.gather(1, tensor(targets, [targets.Length, 1], device: logs.device));
        var (values, ranks) = (own.cpu().data<float>().ToArray(), logs.ge(own).sum(1).cpu().data<long>().ToArray());
        var count = (int)Math.Min(alternatives, logs.shape[1]);
        float[] bestValues = [];
        long[] bestTokens = [];
        if (count > 0)
        {
            var (best, indices) = logs.topk(count);
            (bestValues, bestTokens) = (best.cpu().contiguous().data<float>().ToArray(), indices.cpu().contiguous().data<long>().ToArray());
        }

        for (var i = 0; i < targets.Length; i++)
        {
            var first = i * count;
            places.Add(new PromptPlace(new TokenChance((int)targets[i], values[i]), (int)ranks[i], [.. Enumerable.Range(first, count).Select(k => new TokenChance((int)bestTokens[k], bestValues[k]))]));
        }
    }
}
