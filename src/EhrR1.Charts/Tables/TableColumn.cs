using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a <see cref="TableWriter"/>; a missing value is <see langword="null"/>.</summary>
/// <typeparam name="T">A type of value: <see cref="string"/>, or a nullable <see cref="long"/>, <see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="DateTime"/>.</typeparam>
public sealed class TableColumn<T> : ITableColumn
{
    private readonly List<T> _values = [];
    private readonly bool _isMember;

    internal TableColumn(string name, bool isMember = false)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        Field = type == typeof(DateTime) ? new DateTimeDataField(name, DateTimeFormat.DateAndTimeMicros, isNullable: true) : new DataField(name, type, isNullable: true);
        _isMember = isMember;
    }

    internal DataField Field { get; }

    Field ITableColumn.Field => Field;

    int ITableColumn.Count => _values.Count;

    /// <summary>Adds the row's value.</summary>
    public void Add(T value) => _values.Add(value);

    ValueTask ITableColumn.WriteAsync(ParquetRowGroupWriter group) => _values switch
    {
        List<string?> texts => _isMember ? Pack(group, texts, t => t is not null, t => t.AsMemory()) : new(group.WriteAsync(Field, texts!)),
        List<long?> values => Write(group, values),
        List<int?> values => Write(group, values),
        List<double?> values => Write(group, values),
        List<bool?> values => Write(group, values),
        List<DateTime?> values => Write(group, values),
        _ => throw new NotSupportedException($"A table holds no column of {typeof(T).Name}."),
    };

    void ITableColumn.Clear() => _values.Clear();

    private ValueTask Write<TValue>(ParquetRowGroupWriter group, List<TValue?> values) where TValue : struct => _isMember
        ? Pack(group, values, v => v.HasValue, v => v.GetValueOrDefault())
        : new(group.WriteAsync<TValue>(Field, values.ToArray(), null, null, default));

    // Inside a record the levels say where a value is missing: one below the most.
    private ValueTask Pack<TFrom, TValue>(ParquetRowGroupWriter group, List<TFrom> values, Predicate<TFrom> isThere, Converter<TFrom, TValue> value) where TValue : struct
    {
        int[] levels = [.. values.Select(v => isThere(v) ? Field.MaxDefinitionLevel : Field.MaxDefinitionLevel - 1)];
        TValue[] packed = [.. values.Where(v => isThere(v)).Select(v => value(v))];
        return new(group.WriteAllPartsAsync<TValue>(Field, packed, levels, null, default));
    }
}
