using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>One sequence's keys and values: keys with tokens side by side, so that scores of neighbours are computed at once, values token by token.</summary>
internal sealed class FloatRow
{
    private const int Spare = 64;
    private readonly ModelConfig _config;
    private readonly float[][] _keys;
    private readonly float[][] _values;
    private readonly int _most;
    private int _capacity;

    /// <summary>Makes a row of what a cache of one row holds.</summary>
    /// <param name="config">The model's architecture.</param>
    /// <param name="seen">What it has seen.</param>
    /// <param name="most">Tokens that it will come to hold; as long as that is so, tables grow no further.</param>
    public FloatRow(ModelConfig config, KeyValueCache seen, int most)
    {
        (_config, _most) = (config, most);
        Length = seen.Length;
        _capacity = Rounded(Math.Max(Length, Math.Min(most, Length + Spare)));
        _keys = new float[config.Layers][];
        _values = new float[config.Layers][];
        int heads = config.KeyValueHeads, width = config.HeadSize;
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var (keys, values) = seen.Of(layer);
            _keys[layer] = new float[heads * width * _capacity];
            _values[layer] = new float[heads * _capacity * width];
            var k = MemoryMarshal.Cast<byte, float>(keys[0].transpose(1, 2).contiguous().bytes);
            var v = MemoryMarshal.Cast<byte, float>(values[0].contiguous().bytes);
            for (var i = 0; i < heads * width; i++)
                k.Slice(i * Length, Length).CopyTo(_keys[layer].AsSpan(i * _capacity));
            for (var head = 0; head < heads; head++)
                v.Slice(head * Length * width, Length * width).CopyTo(_values[layer].AsSpan(head * _capacity * width));
        }

    }

    /// <summary>Tokens seen by all layers.</summary>
    public int Length { get; private set; }

    public long Bytes => BytesOf(_config, _capacity);

    /// <summary>Bytes of a row that holds so many tokens at most.</summary>
    public static long BytesOf(ModelConfig config, int tokens) => 2L * config.Layers * config.KeyValueHeads * config.HeadSize * Rounded(tokens) * sizeof(float);

    /// <summary>Makes room for one more token in every layer.</summary>
    public void Reserve()
    {
        if (Length < _capacity)
            return;
        var capacity = Rounded(Math.Max(Length + 1, Math.Min(_most, _capacity * 2)));
        int heads = _config.KeyValueHeads, width = _config.HeadSize;
        for (var layer = 0; layer < _keys.Length; layer++)
        {
            _keys[layer] = Wider(_keys[layer], heads * width, _capacity, capacity);
            _values[layer] = Wider(_values[layer], heads, _capacity * width, capacity * width);
        }

        _capacity = capacity;
    }

    /// <summary>Counts the token that every layer has added.</summary>
    public void Advance() => Length++;

    /// <summary>Adds a token's keys and values to a layer and mixes values for its queries.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="queries">The queries, head after head, already divided by the root of their width.</param>
    /// <param name="keys">The keys of the new token.</param>
    /// <param name="values">Its values.</param>
    /// <param name="scores">Room for scores, at least <see cref="Room"/>.</param>
    /// <param name="mixed">Takes the mixed values, head after head.</param>
    public void Attend(int layer, ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> scores, Span<float> mixed)
    {
        int width = _config.HeadSize, groups = _config.Heads / _config.KeyValueHeads, count = Length + 1;
        var allKeys = _keys[layer].AsSpan();
        var allValues = _values[layer].AsSpan();
        for (var i = 0; i < keys.Length; i++)
            allKeys[(i * _capacity) + Length] = keys[i];
        for (var head = 0; head < _config.KeyValueHeads; head++)
            values.Slice(head * width, width).CopyTo(allValues[(((head * _capacity) + Length) * width)..]);
        scores = scores[..count];
        for (var head = 0; head < _config.Heads; head++)
        {
            var from = head / groups;
            scores.Clear();
            for (var i = 0; i < width; i++)
                TensorPrimitives.MultiplyAdd(allKeys.Slice(((from * width) + i) * _capacity, count), queries[(head * width) + i], scores, scores);
            TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
            TensorPrimitives.Exp<float>(scores, scores);
            var sum = FloatSums.Sum(scores);
            var to = mixed.Slice(head * width, width);
            to.Clear();
            for (var t = 0; t < count; t++)
                TensorPrimitives.MultiplyAdd(allValues.Slice(((from * _capacity) + t) * width, width), scores[t], to, to);
            TensorPrimitives.Divide(to, sum, to);
        }
    }

    /// <summary>Numbers of room that <see cref="Attend"/> needs.</summary>
    public int Room => Length + 1;

    private static int Rounded(int tokens) => (tokens + 15) / 16 * 16;

    private static float[] Wider(float[] old, int rows, int width, int wider)
    {
        var table = new float[rows * wider];
        for (var row = 0; row < rows; row++)
            old.AsSpan(row * width, width).CopyTo(table.AsSpan(row * wider));
        return table;
    }
}
