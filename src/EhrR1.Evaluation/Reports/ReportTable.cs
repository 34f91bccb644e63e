namespace EhrR1.Evaluation;

/// <summary>What became of a source table's rows.</summary>
/// <param name="Table">The table.</param>
/// <param name="RowsIn">Rows read.</param>
/// <param name="RowsOut">Rows that stand in charts.</param>
/// <param name="LeftOut">Rows left out, by reason.</param>
public sealed record ReportTable(string Table, long RowsIn, long RowsOut, IReadOnlyDictionary<string, long> LeftOut);
