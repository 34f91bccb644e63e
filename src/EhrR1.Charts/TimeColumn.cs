namespace EhrR1.Charts;

/// <summary>A column of moments.</summary>
public sealed class TimeColumn(int capacity) : ItemColumn
{
    private readonly List<DateTime?> _values = new(capacity);

    /// <summary>The moment of a row, or <see langword="null"/>.</summary>
    public DateTime? this[int row] => _values[row];

    /// <summary>Adds the next row's value.</summary>
    public void Add(DateTime? value) => _values.Add(value);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _values[row] is null;
}
