namespace EhrR1.Models;

/// <summary>A sparse matrix row by row: what is not stored is 0.</summary>
/// <remarks>Filled by one thread; afterwards safe for reading by any number of threads.</remarks>
internal sealed class SparseRows(int columns)
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    public int Columns { get; } = columns;

    public int Count => _starts.Count - 1;

    /// <summary>Adds a value to the row that is being filled; columns in rising order.</summary>
    public void Add(int column, float value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns);
        _columns.Add(column);
        _values.Add(value);
    }

    /// <summary>Ends the row that is being filled.</summary>
    public void EndRow() => _starts.Add(_columns.Count);

    /// <summary>Writes one row into a dense buffer as long as <see cref="Columns"/>.</summary>
    public void CopyRow(int row, Span<float> dense)
    {
        dense.Clear();
        for (var i = _starts[row]; i < _starts[row + 1]; i++)
            dense[_columns[i]] = _values[i];
    }

    /// <summary>The three arrays of the compressed-sparse-row form.</summary>
    public (int[] Starts, int[] Columns, float[] Values) ToArrays() => ([.. _starts], [.. _columns], [.. _values]);
}
