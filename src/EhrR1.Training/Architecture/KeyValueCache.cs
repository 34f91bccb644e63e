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
        _most = config.MaxPositions;
        Batch = batch;
        Capacity = Math.Max(1, Math.Min(capacity ?? FirstCapacity, _most));
        _layers = new (Tensor, Tensor)[config.Layers];
        for (var layer = 0; layer < _layers.Length; layer++)
            _layers[layer] = (Table(Capacity), Table(Capacity));
    }

    /// <summary>Rows.</summary>
    public int Batch { get; private set; }

    /// <summary>Tokens held.</summary>
    public int Length { get; private set; }

    /// <summary>Tokens that there is room for before the tables grow.</summary>
    public int Capacity { get; private set; }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => 2L * _layers.Length * Batch * _config.KeyValueHeads * Capacity * _config.HeadSize * (_options.Type == ScalarType.BFloat16 ? 2 : 4);

    /// <summary>Keeps some rows, in the order given, and drops the others.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        using var scope = NewDisposeScope();
        var index = tensor(Array.ConvertAll(rows.ToArray(), r => (long)r), device: _options.Device);
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            var (keys, values) = _layers[layer];
            _layers[layer] = (keys.index_select(0, index).DetachFromDisposeScope(), values.index_select(0, index).DetachFromDisposeScope());
            keys.Dispose();
            values.Dispose();
        }

        Batch = rows.Length;
    }

    /// <summary>A cache of the same content, with room for what it holds and a little more.</summary>
    internal KeyValueCache Copy()
    {
        var copy = new KeyValueCache(_config, _options, Batch, Length + FirstCapacity);
        copy.Take(this, 0, 0);
        copy.Length = Length;
        return copy;
    }

    /// <summary>A cache of this one's rows and another's; the shorter one's tokens stand at the right, after zeros.</summary>
    internal KeyValueCache Join(KeyValueCache other)
    {
        var length = Math.Max(Length, other.Length);
        var joined = new KeyValueCache(_config, _options, Batch + other.Batch, Math.Max(Capacity, length + FirstCapacity));
        joined.Take(this, 0, length - Length);
        joined.Take(other, Batch, length - other.Length);
        joined.Length = length;
        return joined;
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
        var capacity = Math.Min(_most, Math.Max(Length + added, Capacity * 2));
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < _layers.Length; layer++)
            _layers[layer] = (Grown(_layers[layer].Keys, capacity), Grown(_layers[layer].Values, capacity));
        Capacity = capacity;
    }

    /// <summary>Counts tokens that every layer has added.</summary>
    internal void Advance(int added) => Length += added;

    private void Take(KeyValueCache from, int row, int at)
    {
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            var (keys, values) = from.Of(layer);
            _layers[layer].Keys.narrow(0, row, from.Batch).narrow(2, at, from.Length).copy_(keys);
            _layers[layer].Values.narrow(0, row, from.Batch).narrow(2, at, from.Length).copy_(values);
        }
    }

    private Tensor Grown(Tensor old, int capacity)
    {
        var table = Table(capacity);
        if (Length > 0)
            table.narrow(2, 0, Length).copy_(old.narrow(2, 0, Length));
        old.Dispose();
        return table;
    }

    private Tensor Table(int capacity) => zeros([Batch, _config.KeyValueHeads, capacity, _config.HeadSize], _options.Type, _options.Device).DetachFromDisposeScope();
}
