using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Training.Tests;

/// <summary>An engine that reads prompts and fails at its second step.</summary>
internal sealed class FailingEngine(DecoderModel model, Exception failure) : IDecodingEngine
{
    private readonly TensorEngine _inner = new(model);
    private int _steps;

    /// <summary>What a model may throw, by the type's name.</summary>
    public static IReadOnlyDictionary<string, Exception> Failures { get; } = new Exception[]
    {
        new EhrR1Exception("It fails", null, "Nothing"), new IndexOutOfRangeException(), new OutOfMemoryException(), new AggregateException(new OutOfMemoryException()), new ExternalException("sizes"), new InvalidOperationException(),
        new NotImplementedException(),
    }.ToDictionary(e => e.GetType().Name, StringComparer.Ordinal);

    public int Rows => _inner.Rows;

    public long Bytes => _inner.Bytes;

    public void Add(KeyValueCache seen, int most) => _inner.Add(seen, most);

    public long BytesOf(IReadOnlyCollection<int> most) => _inner.BytesOf(most);

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        if (++_steps == 2)
            throw failure;
        _inner.Step(tokens, logits);
    }

    public void Keep(ReadOnlySpan<int> rows) => _inner.Keep(rows);

    public void Dispose() => _inner.Dispose();
}
