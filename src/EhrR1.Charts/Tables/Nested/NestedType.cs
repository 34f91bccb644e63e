namespace EhrR1.Charts;

/// <summary>What a column of a <see cref="NestedTableWriter"/> holds; the numbers are Parquet's.</summary>
internal enum NestedType
{
    /// <summary>Whole numbers of 32 bits.</summary>
    Int32 = 1,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64 = 2,

    /// <summary>Text, as UTF-8.</summary>
    Text = 6,
}
