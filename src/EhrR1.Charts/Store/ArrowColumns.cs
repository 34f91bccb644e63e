using Apache.Arrow;

namespace EhrR1.Charts;

/// <summary>Copies columns of an Arrow batch, whole columns at a time, into the lists and columns of a chart table.</summary>
internal static class ArrowColumns
{
    private static readonly long _epoch = DateTime.UnixEpoch.Ticks;

    public static void Copy(IArrowArray from, Span<long> to, long missing)
    {
        // Whole columns are often empty: warnings, comments, times that a table does not have.
        if (from.NullCount == from.Length)
        {
            to.Fill(missing);
            return;
        }

        switch (from)
        {
            case Int64Array longs:
                longs.Values[..to.Length].CopyTo(to);
                break;
            case Int32Array integers:
                for (var i = 0; i < to.Length; i++)
                    to[i] = integers.Values[i];
                break;
            case TimestampArray times:
                // DuckDB counts microseconds, .NET ticks of a tenth of one.
                for (var i = 0; i < to.Length; i++)
                    to[i] = _epoch + (times.Values[i] * TimeSpan.TicksPerMicrosecond);
                break;
            default:
                throw new InvalidDataException($"The column has the type {from.Data.DataType.Name}, not a whole number or a time.");
        }

        FillMissing((Apache.Arrow.Array)from, to, missing);
    }

    public static void Copy(IArrowArray from, Span<double> to)
    {
        if (from.NullCount == from.Length)
        {
            to.Fill(double.NaN);
            return;
        }

        var numbers = (DoubleArray)from;
        numbers.Values[..to.Length].CopyTo(to);
        FillMissing(numbers, to, double.NaN);
    }

    public static void Copy(IArrowArray from, Span<string?> to, TextPool pool)
    {
        if (from.NullCount == from.Length)
        {
            to.Clear();
            return;
        }

        var texts = (StringArray)from;
        var offsets = texts.ValueOffsets;
        var bytes = texts.Values;
        var mayMiss = texts.NullCount != 0;
        for (var i = 0; i < to.Length; i++)
            to[i] = mayMiss && texts.IsNull(i) ? null : pool.Shared(bytes[offsets[i]..offsets[i + 1]]);
    }

    private static void FillMissing<T>(Apache.Arrow.Array from, Span<T> to, T missing)
    {
        if (from.NullCount == 0)
            return;
        for (var i = 0; i < to.Length; i++)
        {
            if (from.IsNull(i))
                to[i] = missing;
        }
    }
}
