namespace EhrR1.Charts;

/// <summary>A column of a <see cref="NestedTableWriter"/> whose values are records; its members get a value each in every row.</summary>
public sealed class NestedRecord
{
    private readonly NestedTableWriter _table;
    private readonly NestedSchema _schema;

    internal NestedRecord(NestedTableWriter table, NestedSchema schema) => (_table, _schema) = (table, schema);

    /// <summary>Declares a member that holds texts.</summary>
    public NestedColumn Text(string name) => _table.Leaf(_schema, name, NestedType.Text, [_schema.Name, name], definition: 2, repeat: 0);

    /// <summary>Declares a member that holds whole numbers of 64 bits.</summary>
    public NestedColumn Int64(string name) => _table.Leaf(_schema, name, NestedType.Int64, [_schema.Name, name], definition: 2, repeat: 0);
}
