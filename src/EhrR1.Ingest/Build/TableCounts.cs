using System.Text.Json.Nodes;

namespace EhrR1.Ingest;

/// <summary>What became of one table's rows.</summary>
/// <param name="Table">The event type.</param>
/// <param name="RowsIn">Rows of the file, those of patients not asked for and rejected ones not counted.</param>
/// <param name="RowsOut">Rows that stand in charts.</param>
/// <param name="LeftOut">Rows that do not, by reason.</param>
/// <param name="Looked">For each looked-up column how many rows had a value to look up and how many found one.</param>
public sealed record TableCounts(string Table, long RowsIn, long RowsOut, IReadOnlyDictionary<string, long> LeftOut, IReadOnlyDictionary<string, (long Rows, long Found)> Looked)
{
    /// <summary>The counts as the manifest writes them.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rows_in"] = RowsIn, ["rows_out"] = RowsOut };
        if (LeftOut.Count > 0)
            json["left_out"] = new JsonObject(LeftOut.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        if (Looked.Count > 0)
            json["looked_up"] = new JsonObject(Looked.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)new JsonObject { ["rows"] = p.Value.Rows, ["found"] = p.Value.Found })));
        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static TableCounts FromJson(string table, JsonObject json)
    {
        var leftOut = (json["left_out"] as JsonObject ?? []).ToDictionary(p => p.Key, p => (long)p.Value!, StringComparer.Ordinal);
        var looked = (json["looked_up"] as JsonObject ?? []).ToDictionary(p => p.Key, p => ((long)p.Value!["rows"]!, (long)p.Value!["found"]!), StringComparer.Ordinal);
        return new TableCounts(table, (long)json["rows_in"]!, (long)json["rows_out"]!, leftOut, looked);
    }
}
