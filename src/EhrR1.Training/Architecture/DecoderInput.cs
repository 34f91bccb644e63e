using TorchSharp;

namespace EhrR1.Training;

/// <summary>What goes with the tokens of a batch; without any of it every row is one sequence from its first column on.</summary>
/// <remarks>
/// Rows filled up at the right need no mask: what comes before never looks at what comes after. <see cref="Mask"/> is for rows filled up at
/// the left; <see cref="Segments"/> is for rows that hold several samples. They exclude each other, and segments take no cache.
/// </remarks>
public sealed record DecoderInput
{
    /// <summary>The place of every token in its own sequence, [batch, tokens], whole numbers. By default they follow from the rest: counted from the cache's length, restarting with every segment, without padding.</summary>
    public torch.Tensor? Positions { get; init; }

    /// <summary>Which tokens are real, [batch, cached + new tokens] of booleans; padding is never looked at. By default all are.</summary>
    public torch.Tensor? Mask { get; init; }

    /// <summary>The lengths of packed samples, row after row and padding included, so that they sum to batch × tokens; none looks into another.</summary>
    public IReadOnlyList<int>? Segments { get; init; }

    /// <summary>Keys and values of earlier tokens; those of this call are added to it.</summary>
    public KeyValueCache? Cache { get; init; }
}
