namespace EhrR1.Evaluation;

/// <summary>How many rows of a table a code map resolves.</summary>
/// <param name="Map">The map, or the field that is looked up.</param>
/// <param name="Table">The table.</param>
/// <param name="Rows">Rows looked up.</param>
/// <param name="Found">Rows resolved.</param>
public sealed record ReportMap(string Map, string Table, long Rows, long Found);
