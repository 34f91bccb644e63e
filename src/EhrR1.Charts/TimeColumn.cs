using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>A column of moments, kept as ticks.</summary>
public sealed class TimeColumn(int capacity) : ItemColumn
{
    internal const long Missing = -1;

    private readonly List<long> _values = new(capacity);

    /// <summary>The moment of a row, or <see langword="null"/>.</summary>
    public DateTime? this[int row] => _values[row] is var ticks and not Missing ? new DateTime(ticks) : null;

    /// <summary>Adds the next row's value.</summary>
    public void Add(DateTime? value) => _values.Add(value?.Ticks ?? Missing);

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
