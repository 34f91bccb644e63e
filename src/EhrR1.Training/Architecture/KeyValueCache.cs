using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Keys and values of the tokens that a batch has seen, kept in tables that grow by doubling. Not safe for use by several threads.</summary>
public sealed class KeyValueCache : IDisposable
{
    private const int FirstCapacity = 64;
    private readonly (Tensor Keys, Tensor Values)[] _layers;
    private readonly int _most;
    private readonly ModelConfig _config;
    private readonly DecoderOptions _options;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="config">The model's architecture.</param>
    /// <param name="options">The model's device and type.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="capacity">Tokens that are room for from the start; <see langword="null"/> for a few.</param>
    public KeyValueCache(ModelConfig config, DecoderOptions options, int batch, int? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        _config = config;
        _options = options;
        Most = _most = config.MaxPositions;
        Batch = batch;
        Capacity = Math.Max(1, Math.Min(capacity ?? FirstCapacity, _most));
        _layers = new (Tensor, Tensor)[config.Layers];
        for (var layer = 0; layer < _layers.Length; layer++)
            _layers[layer] = (Table(Batch, Capacity), Table(Batch, Capacity));
    }

    /// <summary>Rows.</summary>
    public int Batch { get; private set; }

    /// <summary>Tokens held.</summary>
    public int Length { get; private set; }

    /// <summary>Tokens that there is room for before the tables grow.</summary>
    public int Capacity { get; private set; }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => (long)Batch * Capacity * BytesOfToken(_config, _options);

    /// <summary>Tokens that it will come to hold; as long as that is so, tables grow no further.</summary>
    internal int Most { get; set; }

    /// <summary>Bytes of the keys and values of one token of one row, in all layers.</summary>
    internal static long BytesOfToken(ModelConfig config, DecoderOptions options) => 2L * config.Layers * config.KeyValueHeads * config.HeadSize * (options.Type == ScalarType.BFloat16 ? 2 : 4);

    /// <summary>Keeps some rows, in the order given, and drops the others.</summary>
    /// <param name="rows">The rows to keep.</param>
    /// <param name="from">The first token to keep: what stands before it is forgotten in every row. The default value is 0, which keeps all.</param>
    public void Keep(ReadOnlySpan<int> rows, int from = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Length);
        int batch = rows.Length, length = Length - from, capacity = from == 0 ? Capacity : Math.Max(1, Math.Min(Capacity, length + FirstCapacity));
        using var scope = NewDisposeScope();
        var index = tensor(Array.ConvertAll(rows.ToArray(), r => (long)r), device: _options.Device);
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            using var one = NewDisposeScope();
            Replace(layer, Kept(_layers[layer].Keys), Kept(_layers[layer].Values));
        }

        (Batch, Length, Capacity) = (batch, length, capacity);

        Tensor Kept(Tensor old)
        {
            if (from == 0)
                return old.index_select(0, index).DetachFromDisposeScope();
            var table = Table(batch, capacity);
            if (length > 0)
                table.narrow(2, 0, length).copy_(old.narrow(2, from, length).index_select(0, index));
            return table;
        }
    }

    /// <summary>A cache of the same content, with room for what it holds and a little more.</summary>
    /// <param name="most">Tokens that it will come to hold.</param>
    internal KeyValueCache Copy(int most)
    {
        var copy = new KeyValueCache(_config, _options, Batch, Math.Max(Length, Math.Min(most, Length + FirstCapacity))) { Most = most, Length = Length };
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            using var scope = NewDisposeScope();
            var ((keys, values), (toKeys, toValues)) = (Of(layer), copy.Of(layer));
            toKeys.copy_(keys);
            toValues.copy_(values);
        }

        return copy;
    }

    /// <summary>Takes another's rows in behind its own; the shorter one's tokens stand at the right, after zeros.</summary>
    internal void Join(KeyValueCache other)
    {
        int batch = Batch + other.Batch, length = Math.Max(Length, other.Length), capacity = Math.Max(length, Math.Min(Most, Math.Max(Capacity, length + FirstCapacity)));
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            // Layer by layer, so that no more than one of them is there twice.
            using var scope = NewDisposeScope();
            var ((keys, values), (otherKeys, otherValues)) = (Of(layer), other.Of(layer));
            Replace(layer, Joined(keys, otherKeys), Joined(values, otherValues));
        }

        (Batch, Length, Capacity) = (batch, length, capacity);

        Tensor Joined(Tensor own, Tensor others)
        {
            var table = Table(batch, capacity);
            table.narrow(0, 0, Batch).narrow(2, length - Length, Length).copy_(own);
            table.narrow(0, Batch, other.Batch).narrow(2, length - other.Length, other.Length).copy_(others);
            return table;
        }
    }

    /// <summary>One layer's keys and values so far, [batch, heads, tokens, width].</summary>
    internal (Tensor Keys, Tensor Values) Of(int layer) => (_layers[layer].Keys.narrow(2, 0, Length), _layers[layer].Values.narrow(2, 0, Length));

    /// <summary>Forgets all tokens from a length on.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (keys, values) in _layers)
        {
            keys.Dispose();
            values.Dispose();
        }
    }

    /// <summary>Adds a layer's keys and values, [batch, heads, tokens, width], and returns all that it has seen.</summary>
    internal (Tensor Keys, Tensor Values) Add(int layer, Tensor keys, Tensor values)
    {
        var added = (int)keys.shape[2];
        var (allKeys, allValues) = _layers[layer];
        allKeys.narrow(2, Length, added).copy_(keys);
        allValues.narrow(2, Length, added).copy_(values);
        return (allKeys.narrow(2, 0, Length + added), allValues.narrow(2, 0, Length + added));
    }

    /// <summary>Makes room for more tokens; comes before the layers' own.</summary>
    internal void Reserve(int added)
    {
        if (Length + added > _most)
            throw new ArgumentOutOfRangeException(nameof(added), $"The cache holds at most {_most} tokens.");
        if (Length + added <= Capacity)
            return;
        var capacity = Math.Min(_most, Math.Max(Length + added, Math.Min(Most, Capacity * 2)));
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            using var scope = NewDisposeScope();
            Replace(layer, Grown(_layers[layer].Keys, capacity), Grown(_layers[layer].Values, capacity));
        }

        Capacity = capacity;
    }

    /// <summary>Counts tokens that every layer has added.</summary>
    internal void Advance(int added) => Length += added;

    private void Replace(int layer, Tensor keys, Tensor values)
    {
        var old = _layers[layer];
        _layers[layer] = (keys, values);
        old.Keys.Dispose();
        old.Values.Dispose();
    }

    private Tensor Grown(Tensor old, int capacity)
    {
        var table = Table(Batch, capacity);
        if (Length > 0)
            table.narrow(2, 0, Length).copy_(old.narrow(2, 0, Length));
        return table;
    }

    private Tensor Table(int batch, int capacity) => zeros([batch, _config.KeyValueHeads, capacity, _config.HeadSize], _options.Type, _options.Device).DetachFromDisposeScope();
}
