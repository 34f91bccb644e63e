using System.Numerics.Tensors;

namespace EhrR1.Training;

/// <summary>Draws tokens from logits; keeps its tables from one draw to the next. Not safe for use by several threads.</summary>
internal sealed class TokenDraw
{
    private readonly float[] _scores;
    private readonly float[] _probabilities;
    private int[] _candidates;

    public TokenDraw(int vocabulary)
    {
        _scores = new float[vocabulary];
        _probabilities = new float[vocabulary];
        _candidates = new int[vocabulary];
    }

    /// <summary>Draws one token.</summary>
    /// <param name="logits">The model's logits; not changed.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="limits">What the sequence has seen and what may come.</param>
    /// <param name="uniform">The random number, 0 to below 1.</param>
    public int Draw(ReadOnlySpan<float> logits, SequenceOptions options, SequenceLimits limits, double uniform)
    {
        var scores = _scores.AsSpan(0, logits.Length);
        logits.CopyTo(scores);
        limits.Apply(scores, options);
        if (options.Temperature <= 0)
            return TensorPrimitives.IndexOfMax<float>(scores);
        var probabilities = _probabilities.AsSpan(0, logits.Length);
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Multiply(scores, (float)(1 / options.Temperature), scores);
        TensorPrimitives.Exp<float>(scores, probabilities);
        if (options.TopK is null && options.TopP >= 1 && options.MinP <= 0)
            return FromAll(probabilities, uniform);
        return FromBest(probabilities, options, uniform);
    }

    /// <summary>The most probable tokens of the model itself, best first.</summary>
    public IReadOnlyList<TokenChance> Best(ReadOnlySpan<float> logits, double logSum, int count)
    {
        count = Math.Min(count, logits.Length);
        var best = new List<TokenChance>(count + 1);
        for (var token = 0; token < logits.Length && count > 0; token++)
        {
            var logit = logits[token] - logSum;
            if (best.Count == count && logit <= best[^1].LogProbability)
                continue;
            var at = best.Count;
            while (at > 0 && best[at - 1].LogProbability < logit)
                at--;
            best.Insert(at, new TokenChance(token, logit));
            if (best.Count > count)
                best.RemoveAt(count);
        }

        return best;
    }

    /// <summary>The logarithm of the sum of exponentials.</summary>
    public double LogSum(ReadOnlySpan<float> logits)
    {
        var most = TensorPrimitives.Max(logits);
        var shifted = _probabilities.AsSpan(0, logits.Length);
        TensorPrimitives.Subtract(logits, most, shifted);
        TensorPrimitives.Exp<float>(shifted, shifted);
        double sum = 0;
        for (var start = 0; start < shifted.Length; start += 256)
            sum += FloatSums.Sum(shifted[start..Math.Min(start + 256, shifted.Length)]);
        return most + Math.Log(sum);
    }

    private static int FromAll(ReadOnlySpan<float> probabilities, double uniform)
    {
        const int Block = 64;
        double sum = 0, passed = 0;
        for (var start = 0; start < probabilities.Length; start += Block)
            sum += FloatSums.Sum(probabilities[start..Math.Min(start + Block, probabilities.Length)]);
        var target = uniform * sum;
        var last = 0;
        for (var start = 0; start < probabilities.Length; start += Block)
        {
            var block = probabilities[start..Math.Min(start + Block, probabilities.Length)];
            double inBlock = FloatSums.Sum(block);
            if (passed + inBlock <= target)
            {
                passed += inBlock;
                continue;
            }

            for (var i = 0; i < block.Length; i++)
            {
                if (block[i] <= 0)
                    continue;
                last = start + i;
                passed += block[i];
                if (passed > target)
                    return last;
            }
        }

        return last;
    }

    private int FromBest(ReadOnlySpan<float> probabilities, SequenceOptions options, double uniform)
    {
        var candidates = Candidates(probabilities, options);
        double total = 0;
        foreach (var token in candidates)
            total += probabilities[token];
        if (options.TopP < 1)
        {
            double mass = 0;
            var kept = 0;
            while (kept < candidates.Length && mass < options.TopP * total)
                mass += probabilities[candidates[kept++]];
            candidates = candidates[..Math.Max(1, kept)];
        }

        // The most probable one is 1 before division by the sum.
        var floor = options.MinP * probabilities[candidates[0]];
        var count = 1;
        while (count < candidates.Length && probabilities[candidates[count]] >= floor)
            count++;
        candidates = candidates[..count];
        double left = 0;
        foreach (var token in candidates)
            left += probabilities[token];
        left *= uniform;
        foreach (var token in candidates)
        {
            left -= probabilities[token];
            if (left < 0)
                return token;
        }

        return candidates[^1];
    }

    // Sorted, best first, ties by number. Only what can be drawn is sorted: a threshold is lowered until enough is above it.
    private Span<int> Candidates(ReadOnlySpan<float> probabilities, SequenceOptions options)
    {
        var most = options.TopK ?? probabilities.Length;
        double sum = 0;
        for (var start = 0; start < probabilities.Length; start += 256)
            sum += FloatSums.Sum(probabilities[start..Math.Min(start + 256, probabilities.Length)]);
        for (var threshold = 1e-2f; ; threshold *= 1e-3f)
        {
            var isAll = threshold < 1e-30f;
            var count = 0;
            double mass = 0;
            for (var token = 0; token < probabilities.Length; token++)
            {
                if (probabilities[token] > 0 && (isAll || probabilities[token] >= threshold))
                {
                    _candidates[count++] = token;
                    mass += probabilities[token];
                }
            }

            if (!isAll && count < most && mass < options.TopP * sum && threshold > options.MinP)
                continue;
            var found = _candidates.AsSpan(0, count);
            var keys = _probabilities;
            found.Sort((a, b) => keys[b].CompareTo(keys[a]) is var order and not 0 ? order : a.CompareTo(b));
            return found[..Math.Min(most, count)];
        }
    }
}
