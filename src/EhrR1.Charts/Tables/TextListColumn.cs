using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="TableWriter"/> whose values are lists of texts.</summary>
public sealed class TextListColumn : ITableColumn
{
    private readonly DataField<string> _item = new("element");
    private readonly ListField _field;
    private readonly ListLevels _levels = new();
    private readonly List<ReadOnlyMemory<char>> _texts = [];

    internal TextListColumn(string name) => _field = new ListField(name, _item);

    Field ITableColumn.Field => _field;

    int ITableColumn.Count => _levels.Rows;

    /// <summary>Adds the row's texts.</summary>
    public void Add(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _levels.Add(texts.Count);
        foreach (var text in texts)
            _texts.Add(text.AsMemory());
    }

    ValueTask ITableColumn.WriteAsync(ParquetRowGroupWriter group) => _levels.WriteAsync(group, _item, _texts.ToArray());

    void ITableColumn.Clear()
    {
        _levels.Clear();
        _texts.Clear();
    }
}
