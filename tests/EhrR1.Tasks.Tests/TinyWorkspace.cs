using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Tasks.Tests;

/// <summary>A workspace whose charts were made by hand, written as the chart store reads them; one patient a shard.</summary>
internal static class TinyWorkspace
{
    public static Workspace Create(string folder, ChartProfile profile, params ReadOnlySpan<PatientChart> charts)
    {
        var workspace = Workspace.Create(folder, new WorkspaceManifest { Profile = ChartProfileNames.NameOf(profile), Seed = 7 });
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "CREATE TABLE subjects (subject_id BIGINT, shard INTEGER, events INTEGER, items INTEGER, types INTEGER)");
        for (var shard = 0; shard < charts.Length; shard++)
        {
            var chart = charts[shard];
            Execute(connection, $"INSERT INTO subjects VALUES ({chart.SubjectId}, {shard}, {chart.Events.Count}, {chart.ItemCount}, {chart.Events.Aggregate(0, (types, e) => types | (1 << e.Type.Rank))})");
            foreach (var type in EventCatalog.Types.Where(t => chart.Events.Any(e => e.Type == t)))
                Write(connection, workspace, chart, type, shard);
        }

        Execute(connection, $"COPY subjects TO '{workspace.PathOf(ChartSchema.Folder, ChartSchema.SubjectsFile)}' (FORMAT parquet)");
        return workspace;
    }

    private static void Write(DuckDBConnection connection, Workspace workspace, PatientChart chart, EventType type, int shard)
    {
        var columns = ChartSchema.CommonColumns.Concat(type.Columns.Select(c => (Name: c.Column, SqlType: ChartSchema.SqlTypeOf(c.Kind)))).ToList();
        Execute(connection, $"CREATE OR REPLACE TABLE items ({string.Join(", ", columns.Select(c => $"{SqlText.Name(c.Name)} {c.SqlType}"))})");
        foreach (var e in chart.Events.Where(e => e.Type == type))
        {
            foreach (var item in e)
            {
                object?[] common = [chart.SubjectId, e.Position, item.Time, item.VisibleFrom, e.HadmId, e.StayId];
                Execute(connection, $"INSERT INTO items VALUES ({string.Join(", ", common.Select(Literal).Concat(type.Columns.Select(c => item.IsMissing(c) ? "NULL" : SqlText.Literal(ChartMarkdown.TextOf(item, c)))))})");
            }
        }

        var path = workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(type, shard));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Execute(connection, $"COPY items TO '{path}' (FORMAT parquet)");
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        DateTime time => $"'{time:yyyy-MM-dd HH:mm:ss}'",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
