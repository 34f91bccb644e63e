using System.Text.Json.Nodes;

namespace EhrR1.Ingest;

/// <summary>The share of rows that each code map resolves.</summary>
internal static class MapCoverage
{
    private static readonly (string Map, string Column, string[] Tables)[] _uses =
    [
        ("CCS diagnoses", "CCS Type", ["diagnoses_icd", "diagnosis"]),
        ("CCS procedures", "CCS Type", ["procedures_icd"]),
        ("ATC", "ATC Type", ["prescriptions", "medrecon"]),
    ];

    public static JsonObject Of(IReadOnlyList<StagedTable> tables, CodeMaps maps)
    {
        var result = new JsonObject();
        foreach (var (map, column, names) in _uses)
        {
            if (!maps.Has(map))
                continue;
            var shares = new JsonObject();
            foreach (var table in tables.Where(t => names.Contains(t.Table.Type.Name, StringComparer.Ordinal)))
            {
                var (rows, found) = table.Counts.Looked[column];
                shares[table.Table.Type.Name] = new JsonObject { ["rows"] = rows, ["found"] = found, ["share"] = rows == 0 ? null : Math.Round((double)found / rows, 4) };
            }

            result[map] = shares;
        }

        return result;
    }
}
