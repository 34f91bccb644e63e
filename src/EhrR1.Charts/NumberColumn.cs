using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>A column of real numbers; <see cref="double.NaN"/> where a value is missing.</summary>
public sealed class NumberColumn(int capacity) : ItemColumn
{
    private readonly List<double> _values = new(capacity);

    /// <summary>The number of a row, or <see cref="double.NaN"/>.</summary>
    public double this[int row] => _values[row];

    /// <summary>Adds the next row's value; <see cref="double.NaN"/> is a missing one.</summary>
    public void Add(double value) => _values.Add(value);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(_values[row]);

    /// <summary>Adds rows to be filled at once.</summary>
    internal Span<double> Extend(int count)
    {
        var start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + count);
        return CollectionsMarshal.AsSpan(_values)[start..];
    }
}
