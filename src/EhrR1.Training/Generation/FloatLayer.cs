using System.Runtime.InteropServices;

namespace EhrR1.Training;

/// <summary>One layer's weights, read where they lie.</summary>
internal sealed class FloatLayer
{
    public FloatLayer(DecoderLayer layer)
    {
        var attention = layer.Attention;
        InputNorm = new MatrixView(layer.InputNorm.Weight);
        GatedNorm = new MatrixView(layer.GatedNorm.Weight);
        Query = new MatrixView(attention.Query.Weight);
        Key = new MatrixView(attention.Key.Weight);
        Value = new MatrixView(attention.Value.Weight);
        Output = new MatrixView(attention.Output.Weight);
        Gate = new MatrixView(layer.Gated.Gate.Weight);
        Up = new MatrixView(layer.Gated.Up.Weight);
        Down = new MatrixView(layer.Gated.Down.Weight);
        QueryNorm = attention.QueryNorm is { } q ? new MatrixView(q.Weight) : null;
        KeyNorm = attention.KeyNorm is { } k ? new MatrixView(k.Weight) : null;
        Biases = attention.Query.Bias is null ? null : [.. new[] { attention.Query, attention.Key, attention.Value }.SelectMany(p => MemoryMarshal.Cast<byte, float>(p.Bias!.bytes).ToArray())];
    }

    public MatrixView InputNorm { get; }

    public MatrixView GatedNorm { get; }

    public MatrixView Query { get; }

    public MatrixView Key { get; }

    public MatrixView Value { get; }

    public MatrixView Output { get; }

    public MatrixView Gate { get; }

    public MatrixView Up { get; }

    public MatrixView Down { get; }

    public MatrixView? QueryNorm { get; }

    public MatrixView? KeyNorm { get; }

    /// <summary>Biases of queries, keys and values, one after the other.</summary>
    public float[]? Biases { get; }
}
