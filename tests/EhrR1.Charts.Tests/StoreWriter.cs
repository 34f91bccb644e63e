using System.Globalization;
using DuckDB.NET.Data;

namespace EhrR1.Charts.Tests;

/// <summary>Writes hand-made charts as a chart store, plainly: one INSERT an item.</summary>
internal static class StoreWriter
{
    public static Workspace Write(string folder, ChartProfile profile, params PatientChart[][] shards)
    {
        var workspace = Workspace.Create(folder, new WorkspaceManifest { Profile = ChartProfileNames.NameOf(profile), Seed = 1 });
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var subjects = new List<string>();
        for (var shard = 0; shard < shards.Length; shard++)
        {
            foreach (var type in EventCatalog.Types)
                WriteTable(connection, workspace, type, shard, shards[shard]);
            subjects.AddRange(shards[shard].Select(c => $"({c.SubjectId}, {shard}, {c.Events.Count}, {c.ItemCount}, {c.Events.Aggregate(0, (types, e) => types | (1 << e.Type.Rank))})"));
        }

        Execute(connection, "CREATE TABLE s (subject_id BIGINT, shard INTEGER, events INTEGER, items INTEGER, types INTEGER)");
        Execute(connection, $"INSERT INTO s VALUES {string.Join(", ", subjects)}");
        Execute(connection, $"COPY s TO {SqlText.Literal(workspace.PathOf(ChartSchema.Folder, ChartSchema.SubjectsFile))} (FORMAT parquet)");
        return workspace;
    }

    private static void WriteTable(DuckDBConnection connection, Workspace workspace, EventType type, int shard, PatientChart[] charts)
    {
        var path = workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(type, shard));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var rows = charts.SelectMany(c => c.Events.Where(e => e.Type == type).SelectMany(e => e.Select(i => Row(c, e, i)))).ToList();
        if (rows.Count == 0)
            return;
        var columns = ChartSchema.CommonColumns.Select(c => $"{SqlText.Name(c.Name)} {c.SqlType}").Concat(type.Columns.Select(c => $"{SqlText.Name(c.Column)} {ChartSchema.SqlTypeOf(c.Kind)}"));
        Execute(connection, $"CREATE OR REPLACE TABLE t ({string.Join(", ", columns)})");
        Execute(connection, $"INSERT INTO t VALUES {string.Join(", ", rows)}");
        Execute(connection, $"COPY t TO {SqlText.Literal(path)} (FORMAT parquet)");
    }

    private static string Row(PatientChart chart, ClinicalEvent e, EventItem item)
    {
        var values = new List<string> { $"{chart.SubjectId}", $"{e.Position}", Time(item.Time), Time(item.VisibleFrom), $"{e.HadmId?.ToString() ?? "NULL"}", $"{e.StayId?.ToString() ?? "NULL"}" };
        values.AddRange(item.Type.Columns.Select(c => item.IsMissing(c) ? "NULL" : c.Kind switch
        {
            FieldKind.Number => $"'{item.Number(c)!.Value.ToString("R", CultureInfo.InvariantCulture)}'::DOUBLE",
            FieldKind.Integer => $"{item.Integer(c)}",
            FieldKind.Time => Time(item.Moment(c)),
            FieldKind.Labels => $"from_json({SqlText.Literal(item.Text(c)!)}, '[\"VARCHAR\"]')",
            _ => SqlText.Literal(item.Text(c)!),
        }));
        return $"({string.Join(", ", values)})";
    }

    private static string Time(DateTime? time) => time is { } t ? $"TIMESTAMP '{t:yyyy-MM-dd HH:mm:ss}'" : "NULL";

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
