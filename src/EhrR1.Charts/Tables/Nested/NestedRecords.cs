namespace EhrR1.Charts;

/// <summary>A column of a <see cref="NestedTableWriter"/> whose values are lists of records of two texts, such as the messages of a conversation.</summary>
public sealed class NestedRecords
{
    private readonly NestedColumn _first;
    private readonly NestedColumn _second;
    private bool _isFirst = true;

    internal NestedRecords(NestedColumn first, NestedColumn second) => (_first, _second) = (first, second);

    /// <summary>Adds a record to the row's list, which has one at least.</summary>
    /// <param name="first">The first member's text.</param>
    /// <param name="second">The second member's text.</param>
    public void Add(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        _first.AddText(first, _isFirst);
        _second.AddText(second, _isFirst);
        _isFirst = false;
    }

    internal void EndRow() => _isFirst = true;
}
