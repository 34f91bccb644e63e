using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="TableWriter"/> whose values are records; its members get a value each in every row.</summary>
public sealed class RecordColumn : ITableColumn
{
    private readonly string _name;
    private readonly List<ITableColumn> _members = [];
    private StructField? _field;

    internal RecordColumn(string name) => _name = name;

    Field ITableColumn.Field => _field ??= new StructField(_name, [.. _members.Select(m => m.Field)]);

    // A member that is behind makes the record uneven.
    int ITableColumn.Count => _members.Min(m => m.Count) is var least && least == _members.Max(m => m.Count) ? least : -1;

    /// <summary>Declares a member, before the table's first row.</summary>
    /// <typeparam name="T">As in <see cref="TableColumn{T}"/>.</typeparam>
    public TableColumn<T> Column<T>(string name)
    {
        if (_field is not null)
            throw new InvalidOperationException("Members are declared before the first row.");
        var column = new TableColumn<T>(name, isMember: true);
        _members.Add(column);
        return column;
    }

    async ValueTask ITableColumn.WriteAsync(ParquetRowGroupWriter group)
    {
        foreach (var member in _members)
            await member.WriteAsync(group);
    }

    void ITableColumn.Clear()
    {
        foreach (var member in _members)
            member.Clear();
    }
}
