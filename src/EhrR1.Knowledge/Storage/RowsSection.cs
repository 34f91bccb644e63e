namespace EhrR1.Knowledge;

/// <summary>Compressed sparse rows in a <see cref="SectionFile"/>: the values of each row one after the other, and where each row starts.</summary>
internal readonly struct RowsSection<T>(SectionFile file, string name) where T : unmanaged
{
    private readonly Section<T> _values = file.Get<T>(name + ".value");
    private readonly Section<int> _starts = file.Get<int>(name + ".row");

    public ReadOnlySpan<T> this[int row]
    {
        get
        {
            var starts = _starts.Span;
            return _values.Span[starts[row]..starts[row + 1]];
        }
    }

    /// <summary>Says that it will soon be asked where a row is.</summary>
    public void WillFind(int row) => MemoryHint.WillRead(in _starts.Span[row]);

    /// <summary>Says that a row will soon be read; where it is should be at hand.</summary>
    public void WillRead(int row)
    {
        int start = _starts.Span[row];
        if (start < _values.Length)
            MemoryHint.WillRead(in _values.Span[start]);
    }

    /// <summary>Writes rows.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The rows' name.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="values">The values with their rows, in the order of the rows.</param>
    public static void Write(SectionWriter writer, string name, int rows, IEnumerable<(int Row, T Value)> values)
    {
        const int Portion = 1 << 16;
        var starts = new int[rows + 1];
        var buffer = new T[Portion];
        int held = 0, row = 0;
        long written = 0;
        writer.Begin(name + ".value");
        foreach (var (at, value) in values)
        {
            while (row < at)
                starts[++row] = checked((int)written);
            buffer[held++] = value;
            written++;
            if (held == Portion)
            {
                writer.Append<T>(buffer);
                held = 0;
            }
        }

        writer.Append<T>(buffer.AsSpan(0, held));
        writer.End();
        while (row < rows)
            starts[++row] = checked((int)written);
        writer.Write<int>(name + ".row", starts);
    }
}
