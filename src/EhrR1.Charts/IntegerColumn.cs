using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>A column of whole numbers.</summary>
public sealed class IntegerColumn(int capacity) : ItemColumn
{
    /// <summary>The mark of a missing value.</summary>
    public const long Missing = long.MinValue;

    private readonly List<long> _values = new(capacity);

    /// <summary>The number of a row, or <see cref="Missing"/>.</summary>
    public long this[int row] => _values[row];

    /// <summary>Adds the next row's value; <see cref="Missing"/> is a missing one.</summary>
    public void Add(long value) => _values.Add(value);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _values[row] == Missing;

    /// <summary>Adds rows to be filled at once.</summary>
    internal Span<long> Extend(int count)
    {
        var start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + count);
        return CollectionsMarshal.AsSpan(_values)[start..];
    }
}
