using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Steps with libtorch, on any device and in any type: one cache for all rows, shorter ones filled up at the left.</summary>
/// <remarks>The cache is as long as its longest row: when that one leaves, what stands at the left of all others goes with it.</remarks>
internal sealed class TensorEngine(DecoderModel model) : IDecodingEngine
{
    private KeyValueCache? _cache;
    private Row[] _rows = [];

    public int Rows => _rows.Length;

    public long Bytes => _cache?.Bytes ?? 0;

    public long BytesOf(IReadOnlyCollection<int> most) => (long)most.Count * most.Max() * KeyValueCache.BytesOfToken(model.Config, model.Options);

    public void Add(KeyValueCache seen, int most)
    {
        if (_cache is null)
        {
            (_cache, _rows) = (seen.Copy(most), [new Row(0, most)]);
            return;
        }

        var before = _cache.Length;
        _cache.Most = Math.Max(_cache.Most, most);
        _cache.Join(seen);
        var shift = _cache.Length - before;
        _rows = [.. _rows.Select(r => r with { Start = r.Start + shift }), new Row(_cache.Length - seen.Length, most)];
    }

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var ids = tensor(Array.ConvertAll(tokens.ToArray(), t => (long)t), [Rows, 1], device: model.Options.Device);
        var input = new DecoderInput { Cache = _cache };
        if (_rows.Any(r => r.Start > 0))
        {
            var starts = tensor(Array.ConvertAll(_rows, r => (long)r.Start), [Rows, 1], device: model.Options.Device);
            // Numbers of our own making, as arange and a sum with a number would be wrapped on the way (see HeldNumbers).
            var places = tensor([.. Enumerable.Range(0, _cache!.Length + 1).Select(p => (long)p)], [1, _cache.Length + 1], device: model.Options.Device);
            input = input with { Mask = places.ge(starts), Positions = tensor(Array.ConvertAll(_rows, r => (long)(_cache.Length - r.Start)), [Rows, 1], device: model.Options.Device) };
        }

        var found = model.Forward(ids, input).to(ScalarType.Float32, CPU).contiguous();
        MemoryMarshal.Cast<byte, float>(found.bytes).CopyTo(logits);
    }

    public void Keep(ReadOnlySpan<int> rows)
    {
        if (rows.Length == 0)
        {
            _cache?.Dispose();
            (_cache, _rows) = (null, []);
            return;
        }

        var all = _rows;
        var kept = Array.ConvertAll(rows.ToArray(), r => all[r]);
        var from = kept.Min(r => r.Start);
        _cache!.Keep(rows, from);
        _cache.Most = kept.Max(r => r.Most);
        _rows = Array.ConvertAll(kept, r => r with { Start = r.Start - from });
    }

    public void Dispose() => _cache?.Dispose();

    private readonly record struct Row(int Start, int Most);
}
