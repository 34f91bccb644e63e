using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>What all layers of one forward pass share: the angles, the cache, and who may look at whom.</summary>
internal sealed record AttentionContext(RotaryAngles Angles, AttentionKind Kind, KeyValueCache? Cache)
{
    /// <summary>Who may look at whom, broadcast to [batch, 1, tokens, seen], where the causal triangle is not all.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>Lengths of packed samples.</summary>
    public IReadOnlyList<int>? Segments { get; init; }

    /// <summary>Mixes values, all [batch, heads, tokens, width]; there may be more queries' heads than keys', and fewer tokens of queries than of keys.</summary>
    public Tensor Attend(Tensor queries, Tensor keys, Tensor values)
    {
        if (Segments is { } segments)
            return Packed(queries, keys, values, segments);
        long batch = queries.shape[0], tokens = queries.shape[2], groups = queries.shape[1] / keys.shape[1];
        if (tokens > 1 || groups == 1)
            return One(queries, keys, values, Mask, isCausal: Mask is null && tokens > 1);
        // One token sees all keys, so a group's heads can stand where tokens do: no key is copied for them.
        var grouped = queries.reshape(batch, keys.shape[1], groups, queries.shape[3]);
        return One(grouped, keys, values, Mask, isCausal: false).reshape(batch, queries.shape[1], 1, queries.shape[3]);
    }

    // Every sample by itself: no product between samples is computed, so nothing has to be masked.
    private Tensor Packed(Tensor queries, Tensor keys, Tensor values, IReadOnlyList<int> segments)
    {
        var (q, k, v) = (Flat(queries), Flat(keys), Flat(values));
        var mixed = new List<Tensor>(segments.Count);
        long start = 0;
        foreach (var length in segments)
        {
            mixed.Add(One(q.narrow(2, start, length), k.narrow(2, start, length), v.narrow(2, start, length), mask: null, isCausal: length > 1));
            start += length;
        }

        long batch = queries.shape[0], tokens = queries.shape[2];
        return cat(mixed, 2).view(queries.shape[1], batch, tokens, queries.shape[3]).transpose(0, 1);
    }

    // [batch, heads, tokens, width] as [1, heads, batch × tokens, width]; the rows' tokens are neighbours again before the heads were moved.
    private static Tensor Flat(Tensor heads) => heads.transpose(0, 1).reshape(1, heads.shape[1], -1, heads.shape[3]);

    private Tensor One(Tensor queries, Tensor keys, Tensor values, Tensor? mask, bool isCausal)
    {
        var groups = queries.shape[1] / keys.shape[1];
        if (Kind == AttentionKind.Fused)
            return nn.functional.scaled_dot_product_attention(queries, Repeat(keys, groups), Repeat(values, groups), attn_mask: mask, is_casual: isCausal);
        return Plain(queries, Repeat(keys, groups), Repeat(values, groups), mask, isCausal);
    }

    private static Tensor Repeat(Tensor heads, long groups) => groups == 1
        ? heads
        : heads.unsqueeze(2).expand(heads.shape[0], heads.shape[1], groups, heads.shape[2], heads.shape[3]).reshape(heads.shape[0], heads.shape[1] * groups, heads.shape[2], heads.shape[3]);

    private static Tensor Plain(Tensor queries, Tensor keys, Tensor values, Tensor? mask, bool isCausal)
    {
        var scores = matmul(queries.Times(1 / Math.Sqrt(queries.shape[3])), keys.transpose(2, 3));
        if (isCausal)
            mask = Triangle(queries.shape[2], keys.shape[2], scores.device);
        if (mask is not null)
        {
            using Scalar lowest = float.NegativeInfinity;
            scores = scores.masked_fill(mask.logical_not(), lowest);
        }

        var weights = scores.dtype == ScalarType.Float32 ? scores.softmax(-1) : scores.to(ScalarType.Float32).softmax(-1).to(scores.dtype);
        return matmul(weights, values);
    }

    /// <summary>Who is not after whom, where the last query stands at the last key.</summary>
    public static Tensor Triangle(long queries, long keys, Device device) => ones([queries, keys], ScalarType.Bool, device).tril(keys - queries);
}
