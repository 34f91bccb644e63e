namespace EhrR1.Charts;

/// <summary>A column of a <see cref="NestedTableWriter"/> whose values are lists of texts.</summary>
public sealed class NestedList
{
    private readonly NestedColumn _items;

    internal NestedList(NestedColumn items) => _items = items;

    /// <summary>Adds the row's texts.</summary>
    public void Add(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            _items.AddEmptyList();
        for (var i = 0; i < texts.Count; i++)
            _items.AddText(texts[i], isFirst: i == 0);
    }
}
