using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Reads prompts, one at a time, and keeps the last one: a prompt that begins like it reads on from there.</summary>
/// <remarks>
/// A prompt is read by itself and in blocks that begin at fixed places, so that its keys, values and logits are the same numbers whatever
/// was read before it and whatever else is being generated.
/// </remarks>
internal sealed class PromptReader(DecoderModel model) : IDisposable
{
    private const int Block = 256;
    private readonly float[] _logits = new float[model.Config.VocabularySize];
    private KeyValueCache? _cache;
    private int[] _tokens = [];

    /// <summary>The cache of the prompt read last; valid until the next is read.</summary>
    public KeyValueCache Seen => _cache ?? throw new InvalidOperationException("No prompt has been read.");

    /// <summary>Reads a prompt; returns the logits of what comes after it, valid until the next is read.</summary>
    public ReadOnlySpan<float> Read(IReadOnlyList<int> prompt, CancellationToken cancellationToken)
    {
        int[] tokens = [.. prompt];
        if (_cache is not null && tokens.AsSpan().SequenceEqual(_tokens))
            return _logits;
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        _cache ??= model.NewCache(1);
        var shared = Math.Min(tokens.AsSpan().CommonPrefixLength(_tokens), tokens.Length - 1) / Block * Block;
        _cache.Truncate(Math.Min(shared, _cache.Length / Block * Block));
        // Until it is read whole, nothing of it is taken for read.
        _tokens = [];
        while (_cache.Length < tokens.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var next = tokens[_cache.Length..Math.Min(_cache.Length + Block, tokens.Length)];
            var ids = tensor(Array.ConvertAll(next, t => (long)t), [1, next.Length], device: model.Options.Device);
            var hidden = model.Hidden(ids, new DecoderInput { Cache = _cache });
            if (_cache.Length == tokens.Length)
                MemoryMarshal.Cast<byte, float>(model.Logits(hidden.narrow(1, next.Length - 1, 1)).to(ScalarType.Float32, CPU).contiguous().bytes).CopyTo(_logits);
        }

        _tokens = tokens;
        return _logits;
    }

    public void Dispose() => _cache?.Dispose();
}
