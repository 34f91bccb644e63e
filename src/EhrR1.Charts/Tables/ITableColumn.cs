using Parquet;
using Parquet.Schema;

namespace EhrR1.Charts;

/// <summary>A column of a table that is being written, whatever its values' type.</summary>
internal interface ITableColumn
{
    /// <summary>The column's name and type.</summary>
    DataField Field { get; }

    /// <summary>How many values wait to be written.</summary>
    int Count { get; }

    /// <summary>Writes the values that wait.</summary>
    ValueTask WriteAsync(ParquetRowGroupWriter group);

    /// <summary>Forgets the values that were written.</summary>
    void Clear();
}
