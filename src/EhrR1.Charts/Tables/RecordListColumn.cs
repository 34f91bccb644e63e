using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="TableWriter"/> whose values are lists of records of texts, such as the messages of a conversation.</summary>
/// <remarks>Texts are taken as they stand in memory, which must not change before the row group is written.</remarks>
public sealed class RecordListColumn : ITableColumn
{
    private readonly DataField[] _members;
    private readonly List<ReadOnlyMemory<char>>[] _texts;
    private readonly ListField _field;
    private readonly ListLevels _levels = new();

    internal RecordListColumn(string name, ReadOnlySpan<string> members)
    {
        _members = new DataField[members.Length];
        for (var i = 0; i < members.Length; i++)
            _members[i] = new DataField<string>(members[i]);
        _texts = [.. _members.Select(_ => new List<ReadOnlyMemory<char>>())];
        _field = new ListField(name, new StructField("element", _members));
    }

    Field ITableColumn.Field => _field;

    int ITableColumn.Count => _levels.Rows;

    /// <summary>Begins the row's list of so many records; <see cref="Add"/> gives each.</summary>
    public void BeginRow(int records) => _levels.Add(records);

    /// <summary>Adds a record: a text for each member, in the order in which they were declared.</summary>
    public void Add(params ReadOnlySpan<ReadOnlyMemory<char>> texts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(texts.Length, _members.Length);
        for (var i = 0; i < texts.Length; i++)
            _texts[i].Add(texts[i]);
    }

    async ValueTask ITableColumn.WriteAsync(ParquetRowGroupWriter group)
    {
        for (var i = 0; i < _members.Length; i++)
            await _levels.WriteAsync(group, _members[i], _texts[i].ToArray());
    }

    void ITableColumn.Clear()
    {
        _levels.Clear();
        foreach (var texts in _texts)
            texts.Clear();
    }
}
