using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The log-probability of given continuations of a prompt; the prompt is computed once.</summary>
public static class AnswerLikelihood
{
    private const int Block = 512;

    /// <summary>The log-probability of each continuation, the sum over its tokens.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The prompt's tokens, at least one.</param>
    /// <param name="answers">The continuations' tokens, each at least one.</param>
    public static double[] Of(DecoderModel model, IReadOnlyList<int> prompt, IReadOnlyList<IReadOnlyList<int>> answers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(prompt?.Count ?? 0);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        using var cache = model.NewCache(1, prompt!.Count + answers.Max(a => a.Count));
        float[] first = [];
        for (var start = 0; start < prompt.Count; start += Block)
        {
            var next = prompt.Skip(start).Take(Block).ToArray();
            first = LastOf(model, next, cache, isNeeded: start + next.Length == prompt.Count);
        }

        var sums = new double[answers.Count];
        for (var i = 0; i < answers.Count; i++)
        {
            var chances = first;
            for (var t = 0; t < answers[i].Count; t++)
            {
                sums[i] += chances[answers[i][t]];
                if (t + 1 < answers[i].Count)
                    chances = LastOf(model, [answers[i][t]], cache, isNeeded: true);
            }

            cache.Truncate(prompt.Count);
        }

        return sums;
    }

    // Log-probabilities of what comes after the last token.
    private static float[] LastOf(DecoderModel model, int[] tokens, KeyValueCache cache, bool isNeeded)
    {
        using var block = NewDisposeScope();
        var hidden = model.Hidden(tensor(Array.ConvertAll(tokens, t => (long)t), [1, tokens.Length], device: model.Options.Device), new DecoderInput { Cache = cache });
        return isNeeded ? model.Logits(hidden.narrow(1, tokens.Length - 1, 1)).to(ScalarType.Float32).log_softmax(-1).cpu().data<float>().ToArray() : [];
    }
}
