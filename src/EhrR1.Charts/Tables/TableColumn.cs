using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="TableWriter"/>; a missing value is <see langword="null"/>.</summary>
/// <typeparam name="T">A type of value: <see cref="string"/>, or a nullable <see cref="long"/>, <see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="DateTime"/>.</typeparam>
public sealed class TableColumn<T> : ITableColumn
{
    private readonly List<T> _values = [];

    internal TableColumn(DataField field) => Field = field;

    internal DataField Field { get; }

    DataField ITableColumn.Field => Field;

    int ITableColumn.Count => _values.Count;

    /// <summary>Adds the row's value.</summary>
    public void Add(T value) => _values.Add(value);

    ValueTask ITableColumn.WriteAsync(ParquetRowGroupWriter group) => _values switch
    {
        List<string?> texts => new(group.WriteAsync(Field, texts!)),
        List<long?> values => Write(group, values),
        List<int?> values => Write(group, values),
        List<double?> values => Write(group, values),
        List<bool?> values => Write(group, values),
        List<DateTime?> values => Write(group, values),
        _ => throw new NotSupportedException($"A table holds no column of {typeof(T).Name}."),
    };

    void ITableColumn.Clear() => _values.Clear();

    private ValueTask Write<TValue>(ParquetRowGroupWriter group, List<TValue?> values) where TValue : struct => new(group.WriteAsync<TValue>(Field, values.ToArray(), null, null, default));
}
