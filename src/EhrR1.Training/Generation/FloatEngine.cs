using System.Numerics.Tensors;
using TorchSharp;

namespace EhrR1.Training;

/// <summary>Steps in 32-bit floats on the CPU without libtorch, whose calls cost more than the work of a small model; the weights are read where they lie.</summary>
/// <remarks>Every row is computed as if it were alone, so nothing in a batch changes another row's numbers.</remarks>
internal sealed class FloatEngine : IDecodingEngine
{
    private readonly ModelConfig _config;
    private readonly FloatLayer[] _layers;
    private readonly MatrixView _embeddings;
    private readonly MatrixView _norm;
    private readonly MatrixView _output;
    private readonly FloatRotary _rotary;
    private readonly List<FloatRow> _rows = [];
    private readonly int _threads = torch.get_num_threads();
    private FloatBuffers _buffers;

    public FloatEngine(DecoderModel model)
    {
        _config = model.Config;
        _layers = [.. model.Stack.Layers.Select(l => new FloatLayer(l))];
        _embeddings = new MatrixView(model.Stack.Embeddings.Weight);
        _norm = new MatrixView(model.Stack.Norm.Weight);
        _output = new MatrixView(model.OutputTable);
        _rotary = new FloatRotary(_config);
        _buffers = new FloatBuffers(_config, 1, 1);
    }

    public int Rows => _rows.Count;

    public long Bytes => _rows.Sum(r => r.Bytes);

    /// <summary>Whether a model can be computed here: 32-bit floats on the CPU, no LoRA attached, no table of two gigabytes.</summary>
    public static bool CanStep(DecoderModel model) =>
        model.NamedWeights().Values.All(MatrixView.CanView) && model.Projections.All(p => p.Projection.Addition is null);

    public void Add(KeyValueCache seen, int most) => _rows.Add(new FloatRow(_config, seen, most));

    public long BytesOf(IReadOnlyCollection<int> most) => most.Sum(m => FloatRow.BytesOf(_config, m));

    public void Keep(ReadOnlySpan<int> rows)
    {
        var kept = rows.ToArray().Select(r => _rows[r]).ToList();
        _rows.Clear();
        _rows.AddRange(kept);
    }

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        int rows = _rows.Count, width = _config.HiddenSize;
        foreach (var row in _rows)
            row.Reserve();
        var most = _rows.Max(r => r.Room);
        if (!_buffers.Fits(rows, most))
            _buffers = new FloatBuffers(_config, rows, most * 2);
        var b = _buffers;
        var table = _embeddings.Span;
        for (var row = 0; row < rows; row++)
            table.Slice(tokens[row] * width, width).CopyTo(b.Stream.AsSpan(row * width));
        for (var layer = 0; layer < _layers.Length; layer++)
            Layer(_layers[layer], layer, rows, b);
        Norm(b.Stream, b.Normed, rows, width, _norm);
        FloatMatrix.Multiply(b.Normed, rows, _output, b.Logits, _config.VocabularySize, _config.VocabularySize, 0, _threads);
        b.Logits.AsSpan(0, rows * _config.VocabularySize).CopyTo(logits);
        foreach (var row in _rows)
            row.Advance();
    }

    public void Dispose() => _rows.Clear();

    private void Layer(FloatLayer layer, int index, int rows, FloatBuffers b)
    {
        int width = _config.HiddenSize, inner = _config.IntermediateSize, queries = _config.Heads * _config.HeadSize, keys = _config.KeyValueHeads * _config.HeadSize, all = queries + (2 * keys);
        Norm(b.Stream, b.Normed, rows, width, layer.InputNorm);
        FloatMatrix.Multiply(b.Normed, rows, layer.Query, b.Heads, queries, all, 0, _threads);
        FloatMatrix.Multiply(b.Normed, rows, layer.Key, b.Heads, keys, all, queries, _threads);
        FloatMatrix.Multiply(b.Normed, rows, layer.Value, b.Heads, keys, all, queries + keys, _threads);
        ForRows(rows, b.Work(rows), row => Attend(layer, index, row, b, queries, keys));
        FloatMatrix.Multiply(b.Mixed, rows, layer.Output, b.Normed, width, width, 0, _threads);
        TensorPrimitives.Add<float>(b.Stream.AsSpan(0, rows * width), b.Normed.AsSpan(0, rows * width), b.Stream);
        Norm(b.Stream, b.Normed, rows, width, layer.GatedNorm);
        FloatMatrix.Multiply(b.Normed, rows, layer.Gate, b.Gate, inner, inner, 0, _threads);
        FloatMatrix.Multiply(b.Normed, rows, layer.Up, b.Up, inner, inner, 0, _threads);
        for (var row = 0; row < rows; row++)
            Gate(b.Gate.AsSpan(row * inner, inner), b.Up.AsSpan(row * inner, inner), b.Sigmoids.AsSpan(0, inner));
        FloatMatrix.Multiply(b.Gate, rows, layer.Down, b.Normed, width, width, 0, _threads);
        TensorPrimitives.Add<float>(b.Stream.AsSpan(0, rows * width), b.Normed.AsSpan(0, rows * width), b.Stream);
    }

    private void Attend(FloatLayer layer, int index, int row, FloatBuffers b, int queries, int keys)
    {
        var all = queries + (2 * keys);
        var heads = b.Heads.AsSpan(row * all, all);
        if (layer.Biases is { } biases)
            TensorPrimitives.Add(heads, biases, heads);
        var place = _rows[row];
        var count = _config.Heads + _config.KeyValueHeads;
        for (var head = 0; head < count; head++)
        {
            var one = heads.Slice(head * _config.HeadSize, _config.HeadSize);
            var isQuery = head < _config.Heads;
            if (layer.QueryNorm is not null)
                Norm(one, one, (isQuery ? layer.QueryNorm : layer.KeyNorm!).Span, _config.NormEpsilon);
            _rotary.Turn(one, place.Length);
        }

        var asked = heads[..queries];
        TensorPrimitives.Multiply(asked, (float)(1 / Math.Sqrt(_config.HeadSize)), asked);
        place.Attend(index, asked, heads.Slice(queries, keys), heads[(queries + keys)..], b.Scores(row), b.Mixed.AsSpan(row * queries, queries));
    }

    private void ForRows(int rows, long work, Action<int> one)
    {
        const long WorkOfATask = 1 << 17;
        var tasks = (int)Math.Min(Math.Min(_threads, rows), Math.Max(1, work / WorkOfATask));
        if (tasks > 1)
        {
            Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = tasks }, one);
            return;
        }

        for (var row = 0; row < rows; row++)
            one(row);
    }

    private void Norm(float[] from, float[] to, int rows, int width, MatrixView weight)
    {
        for (var row = 0; row < rows; row++)
            Norm(from.AsSpan(row * width, width), to.AsSpan(row * width, width), weight.Span, _config.NormEpsilon);
    }

    private static void Norm(ReadOnlySpan<float> from, Span<float> to, ReadOnlySpan<float> weight, double epsilon)
    {
        var scale = (float)(1 / Math.Sqrt((FloatSums.OfSquares(from) / from.Length) + epsilon));
        TensorPrimitives.Multiply(from, scale, to);
        TensorPrimitives.Multiply(to, weight, to);
    }

    // silu(gate) · up, into the gate.
    private static void Gate(Span<float> gate, ReadOnlySpan<float> up, Span<float> sigmoids)
    {
        TensorPrimitives.Sigmoid<float>(gate, sigmoids);
        TensorPrimitives.Multiply(gate, sigmoids, gate);
        TensorPrimitives.Multiply(gate, up, gate);
    }
}
