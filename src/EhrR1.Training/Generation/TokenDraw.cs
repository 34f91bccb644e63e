using System.Numerics.Tensors;

namespace EhrR1.Training;

/// <summary>Draws tokens from logits; keeps its tables from one draw to the next. Not safe for use by several threads.</summary>
internal sealed class TokenDraw
{
    // Leaves the exponent and five bits of mantissa.
    private const int BucketShift = 18;

    // Below it a temperature is 0: its inverse would soon be no number of 32 bits any more, and nothing but the most probable token has a chance.
    private const double LeastTemperature = 1e-6;

    private readonly float[] _scores;
    private readonly float[] _probabilities;
    private readonly int[] _candidates;
    private readonly int[] _near;
    private readonly float[] _nearKeys;

    // Numbers from 0 to 1.
    private readonly double[] _buckets = new double[BucketOf(1) + 1];

    public TokenDraw(int vocabulary)
    {
        _scores = new float[vocabulary];
        _probabilities = new float[vocabulary];
        _candidates = new int[vocabulary + 1];
        _near = new int[vocabulary];
        _nearKeys = new float[vocabulary];
    }

    /// <summary>Draws one token.</summary>
    /// <param name="logits">The model's logits; not changed.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="limits">What the sequence has seen and what may come.</param>
    /// <param name="uniform">The random number, 0 to below 1.</param>
    /// <param name="rest">Where in its share of the probability the token was hit.</param>
    public int Draw(ReadOnlySpan<float> logits, SequenceOptions options, SequenceLimits limits, double uniform, out TokenShare rest)
    {
        var scores = _scores.AsSpan(0, logits.Length);
        logits.CopyTo(scores);
        limits.Apply(scores, options);
        rest = new TokenShare(uniform, 1);
        if (options.Temperature < LeastTemperature)
            return TensorPrimitives.IndexOfMax<float>(scores);
        var probabilities = _probabilities.AsSpan(0, logits.Length);
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Multiply(scores, (float)(1 / options.Temperature), scores);
        TensorPrimitives.Exp<float>(scores, probabilities);
        if (options.TopK is null && options.TopP >= 1 && options.MinP <= 0)
            return FromAll(probabilities, uniform, out rest);
        return FromBest(probabilities, options, uniform, out rest);
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

    private static int FromAll(ReadOnlySpan<float> probabilities, double uniform, out TokenShare rest)
    {
        const int Block = 64;
        double sum = 0, passed = 0;
        for (var start = 0; start < probabilities.Length; start += Block)
            sum += FloatSums.Sum(probabilities[start..Math.Min(start + Block, probabilities.Length)]);
        var target = uniform * sum;
        var last = 0;
        rest = new TokenShare(uniform, 1);
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
                rest = TokenShare.Of(target - passed, block[i], sum);
                passed += block[i];
                if (passed > target)
                    return last;
            }
        }

        return last;
    }

    private int FromBest(ReadOnlySpan<float> probabilities, SequenceOptions options, double uniform, out TokenShare rest)
    {
        var count = 0;
        for (var token = 0; token < probabilities.Length; token++)
        {
            _candidates[count] = token;
            count += probabilities[token] > 0 ? 1 : 0;
        }

        if (options.TopK is { } most && most < count)
            count = KeepBest(probabilities, count, most, countsMass: false);
        if (options.TopP < 1 && count > 0)
            count = KeepBest(probabilities, count, options.TopP * Mass(probabilities, count), countsMass: true);
        if (options.MinP > 0)
            count = KeepAbove(probabilities, count, (float)options.MinP);
        rest = new TokenShare(uniform, 1);
        if (count == 0)
            return TensorPrimitives.IndexOfMax(probabilities);
        var mass = Mass(probabilities, count);
        var left = uniform * mass;
        for (var i = 0; i < count; i++)
        {
            rest = TokenShare.Of(left, probabilities[_candidates[i]], mass);
            left -= probabilities[_candidates[i]];
            if (left < 0)
                return _candidates[i];
        }

        return _candidates[count - 1];
    }

    // Keeps the largest candidates until their number, or their mass, reaches a limit. Only those near the limit are sorted: the others
    // fall into buckets by exponent and first bits, whose order is that of the numbers.
    private int KeepBest(ReadOnlySpan<float> probabilities, int count, double limit, bool countsMass)
    {
        Array.Clear(_buckets);
        for (var i = 0; i < count; i++)
            _buckets[BucketOf(probabilities[_candidates[i]])] += countsMass ? probabilities[_candidates[i]] : 1;
        var border = _buckets.Length - 1;
        double reached = 0;
        while (border > 0 && reached + _buckets[border] < limit)
            reached += _buckets[border--];
        int kept = 0, near = 0;
        for (var i = 0; i < count; i++)
        {
            var token = _candidates[i];
            var bucket = BucketOf(probabilities[token]);
            if (bucket > border)
                _candidates[kept++] = token;
            else if (bucket == border)
                (_near[near], _nearKeys[near++]) = (token, -probabilities[token]);
        }

        Array.Sort(_nearKeys, _near, 0, near);
        for (var i = 0; i < near && reached < limit; i++)
        {
            reached += countsMass ? probabilities[_near[i]] : 1;
            _candidates[kept++] = _near[i];
        }

        return Math.Max(1, kept);
    }

    // The most probable token's number is 1 before division by the sum, so a share of it is a number.
    private int KeepAbove(ReadOnlySpan<float> probabilities, int count, float floor)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var token = _candidates[i];
            _candidates[kept] = token;
            kept += probabilities[token] >= floor ? 1 : 0;
        }

        return kept;
    }

    private double Mass(ReadOnlySpan<float> probabilities, int count)
    {
        double mass = 0;
        for (var i = 0; i < count; i++)
            mass += probabilities[_candidates[i]];
        return mass;
    }

    private static int BucketOf(float probability) => (int)(BitConverter.SingleToUInt32Bits(probability) >> BucketShift);
}
