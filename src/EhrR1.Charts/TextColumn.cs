using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>A column of text; <see langword="null"/> where a value is missing.</summary>
public sealed class TextColumn(int capacity) : ItemColumn
{
    private readonly List<string?> _values = new(capacity);

    /// <summary>The text of a row, or <see langword="null"/>.</summary>
    public string? this[int row] => _values[row];

    /// <summary>Adds the next row's value.</summary>
    public void Add(string? value) => _values.Add(value);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _values[row] is null;

    /// <summary>Adds rows to be filled at once.</summary>
    internal Span<string?> Extend(int count)
    {
        var start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + count);
        return CollectionsMarshal.AsSpan(_values)[start..];
    }
}
