using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>Reads columns of one row group after the other into the lists and columns of a chart table.</summary>
/// <remarks>The buffers are kept from group to group and file to file. Not safe for several threads at once.</remarks>
internal sealed class ColumnReader
{
    private readonly TextPool _pool = new();
    private int[] _levels = [];
    private int[] _repeats = [];
    private int[] _integers = [];
    private long[] _longs = [];
    private double[] _numbers = [];
    private DateTime[] _times = [];
    private ReadOnlyMemory<char>[] _texts = [];
    private ParquetRowGroupReader _group = null!;
    private int _rows;

    /// <summary>Goes on to a row group; the columns that are read next are its.</summary>
    public void MoveTo(ParquetRowGroupReader group)
    {
        _group = group;
        _rows = checked((int)group.RowCount);
    }

    /// <summary>Reads whole numbers.</summary>
    /// <param name="field">The column.</param>
    /// <param name="first">The first row of the group that is wanted.</param>
    /// <param name="to">Takes as many rows as it is long.</param>
    /// <param name="missing">What stands for a missing value.</param>
    public void Read(DataField field, int first, Span<long> to, long missing)
    {
        if (IsEmpty(field))
        {
            to.Fill(missing);
        }
        else if (field.ClrType == typeof(int))
        {
            Fill(field, ref _integers);
            for (int row = 0, next = 0; row < first + to.Length; row++)
            {
                var value = _levels[row] == 0 ? missing : _integers[next++];
                if (row >= first)
                    to[row - first] = value;
            }
        }
        else
        {
            Spread<long>(Fill(field, ref _longs), first, to, missing);
        }
    }

    /// <summary>Reads moments, as ticks.</summary>
    public void ReadTimes(DataField field, int first, Span<long> to)
    {
        if (IsEmpty(field))
        {
            to.Fill(TimeColumn.Missing);
            return;
        }

        Fill(field, ref _times);
        for (int row = 0, next = 0; row < first + to.Length; row++)
        {
            var ticks = _levels[row] == 0 ? TimeColumn.Missing : _times[next++].Ticks;
            if (row >= first)
                to[row - first] = ticks;
        }
    }

    /// <summary>Reads real numbers; a missing one is <see cref="double.NaN"/>.</summary>
    public void Read(DataField field, int first, Span<double> to)
    {
        if (IsEmpty(field))
            to.Fill(double.NaN);
        else
            Spread<double>(Fill(field, ref _numbers), first, to, double.NaN);
    }

    /// <summary>Reads text; lists of text come as JSON arrays.</summary>
    public void Read(DataField field, int first, Span<string?> to)
    {
        if (IsEmpty(field))
        {
            to.Clear();
            return;
        }

        if (field.MaxRepetitionLevel > 0)
        {
            ReadLists(field, first, to);
            return;
        }

        Fill(field, ref _texts);
        _pool.BeginColumn();
        for (int row = 0, next = 0; row < first + to.Length; row++)
        {
            var isThere = _levels[row] != 0;
            if (row >= first)
                to[row - first] = isThere ? _pool.Shared(_texts[next]) : null;
            next += isThere ? 1 : 0;
        }
    }

    private void ReadLists(DataField field, int first, Span<string?> to)
    {
        var entries = checked((int)_group.GetMetadata(field)!.MetaData!.NumValues);
        Grow(ref _texts, entries);
        Grow(ref _levels, entries);
        Grow(ref _repeats, entries);
        Wait(_group.ReadRawAsync<ReadOnlyMemory<char>>(field, _texts.AsMemory(0, entries), _levels.AsMemory(0, entries), _repeats.AsMemory(0, entries), default));
        to.Clear();
        var items = new List<string>();
        for (int entry = 0, next = 0, row = -1; entry < entries;)
        {
            // Levels: 0 no list, 1 an empty one, 2 a missing element, 3 a text.
            row++;
            var isThere = _levels[entry] > 0;
            items.Clear();
            do
            {
                if (_levels[entry] == field.MaxDefinitionLevel)
                    items.Add(_texts[next++].ToString());
                entry++;
            }
            while (entry < entries && _repeats[entry] > 0);
            if (row >= first && row < first + to.Length && isThere)
                to[row - first] = JsonSerializer.Serialize(items, LabelsJson.Options);
        }
    }

    // Of lists, missing elements and empty lists are counted as well, so that their number says nothing of the rows.
    private bool IsEmpty(DataField field) => field.MaxRepetitionLevel == 0 && _group.GetMetadata(field)?.MetaData?.Statistics?.NullCount == _rows;

    private T[] Fill<T>(DataField field, ref T[] values) where T : struct
    {
        if (field.ClrType != typeof(T))
            throw new InvalidDataException($"The column '{field.Name}' holds {field.ClrType.Name}, not {typeof(T).Name}.");
        Grow(ref values, _rows);
        Grow(ref _levels, _rows);
        Wait(_group.ReadRawAsync<T>(field, values.AsMemory(0, _rows), field.MaxDefinitionLevel > 0 ? _levels.AsMemory(0, _rows) : null, null, default));
        if (field.MaxDefinitionLevel == 0)
            _levels.AsSpan(0, _rows).Fill(1);
        return values;
    }

    // Values stand packed, without the missing ones.
    private void Spread<T>(ReadOnlySpan<T> packed, int first, Span<T> to, T missing)
    {
        var levels = _levels.AsSpan(0, first + to.Length);
        if (!levels.Contains(0))
        {
            packed.Slice(first, to.Length).CopyTo(to);
            return;
        }

        var next = levels[..first].Length - levels[..first].Count(0);
        for (var i = 0; i < to.Length; i++)
            to[i] = levels[first + i] == 0 ? missing : packed[next++];
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length];
    }

    // All reads end before they return (see ColumnFile), so nothing is waited for.
    private static void Wait(ValueTask reading)
    {
        if (reading.IsCompletedSuccessfully)
            return;
        reading.AsTask().GetAwaiter().GetResult();
    }
}
