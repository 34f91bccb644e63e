using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Steps with libtorch, on any device and in any type: one cache for all rows, shorter ones filled up at the left.</summary>
internal sealed class TensorEngine(DecoderModel model) : IDecodingEngine
{
    private KeyValueCache? _cache;
    private long[] _starts = [];

    public int Rows => _starts.Length;

    public long Bytes => _cache?.Bytes ?? 0;

    public void Add(KeyValueCache seen)
    {
        var joined = _cache is null || Rows == 0 ? seen.Copy() : _cache.Join(seen);
        var shift = joined.Length - (_cache?.Length ?? 0);
        _starts = Rows == 0 ? [0] : [.. _starts.Select(s => s + shift), joined.Length - seen.Length];
        _cache?.Dispose();
        _cache = joined;
    }

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var ids = tensor(Array.ConvertAll(tokens.ToArray(), t => (long)t), [Rows, 1], device: model.Options.Device);
        var input = new DecoderInput { Cache = _cache };
        if (_starts.Any(s => s > 0))
        {
            var starts = tensor(_starts, [Rows, 1], device: model.Options.Device);
            input = input with { Mask = arange(_cache!.Length + 1, device: model.Options.Device).unsqueeze(0).ge(starts), Positions = starts.neg().add(_cache.Length) };
        }

        var found = model.Forward(ids, input).to(ScalarType.Float32, CPU).contiguous();
        MemoryMarshal.Cast<byte, float>(found.bytes).CopyTo(logits);
    }

    public void Keep(ReadOnlySpan<int> rows)
    {
        if (rows.Length == 0)
        {
            _cache?.Dispose();
            (_cache, _starts) = (null, []);
            return;
        }

        _cache!.Keep(rows);
        var starts = _starts;
        _starts = Array.ConvertAll(rows.ToArray(), r => starts[r]);
    }

    public void Dispose() => _cache?.Dispose();
}
