using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Cosines and sines of the rotary embedding (RoFormer, 2021), the two halves of a head turned against each other as in Hugging Face's files.</summary>
internal sealed class RotaryTable(ModelConfig config, DecoderOptions options) : IDisposable
{
    private Tensor? _cosines;
    private Tensor? _sines;
    private int _length;

    /// <summary>The table's rows from a position on, [tokens, 1, width].</summary>
    public RotaryAngles Rows(int start, int count)
    {
        Reserve(start + count);
        return new RotaryAngles(_cosines!.narrow(0, start, count), _sines!.narrow(0, start, count));
    }

    /// <summary>The table's rows at some positions, [batch, tokens, 1, width] for positions of [batch, tokens].</summary>
    public RotaryAngles Rows(Tensor positions, int most)
    {
        Reserve(most);
        var flat = positions.reshape(-1);
        long[] shape = [.. positions.shape, 1, config.HeadSize];
        return new RotaryAngles(_cosines!.index_select(0, flat).reshape(shape), _sines!.index_select(0, flat).reshape(shape));
    }

    public void Dispose()
    {
        _cosines?.Dispose();
        _sines?.Dispose();
    }

    private void Reserve(int length)
    {
        if (length <= _length)
            return;
        var rows = (int)Math.Min(Math.Max(config.MaxPositions, length), Math.Max(length, 2L * _length));
        var half = config.HeadSize / 2;
        var cosines = new float[rows * config.HeadSize];
        var sines = new float[rows * config.HeadSize];
        for (var i = 0; i < half; i++)
        {
            var frequency = Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize);
            for (var position = 0; position < rows; position++)
            {
                var (sine, cosine) = Math.SinCos(position * frequency);
                var at = (position * config.HeadSize) + i;
                cosines[at] = cosines[at + half] = (float)cosine;
                // The first half is turned by minus the second: the sign stands in the table.
                sines[at] = -(float)sine;
                sines[at + half] = (float)sine;
            }
        }

        // Where memory is short, the tables that are there stay.
        var tables = (Table(cosines, rows), Table(sines, rows));
        Dispose();
        (_cosines, _sines) = tables;
        _length = rows;
    }

    private Tensor Table(float[] values, int rows)
    {
        // Made outside of inference mode, or training could not use what generation made first.
        using var mode = inference_mode(false);
        return tensor(values, [rows, 1, config.HeadSize]).to(options.Type, options.Device).DetachFromDisposeScope();
    }
}
