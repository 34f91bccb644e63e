using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The second step of a build: puts the rows of a run of patients in chart order, cuts them into events, and writes them.</summary>
/// <remarks>
/// Only what decides a row's place passes through here; the columns go from file to file inside DuckDB.
/// Each writer has an instance with one thread of its own, so that the bytes do not depend on the number of writers.
/// </remarks>
internal sealed class ShardWriter(DuckDb database, IReadOnlyList<StagedTable> tables, ChartProfile profile, Workspace workspace) : IShardWriter
{
    private readonly Dictionary<int, RowKeys> _keys = [];

    /// <inheritdoc/>
    public JsonObject Write(ShardPlan shard, CancellationToken cancellationToken)
    {
        _keys.Clear();
        foreach (var staged in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadKeys(staged, shard) is { Count: > 0 } keys)
                _keys.Add(staged.Table.Type.Rank, keys);
        }

        var subjects = new JsonArray();
        foreach (var subject in shard.Subjects)
        {
            var (events, items, types) = Arrange(subject);
            subjects.Add(new JsonArray(subject, (long)events, (long)items, (long)types));
        }

        var files = new JsonArray();
        foreach (var staged in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_keys.TryGetValue(staged.Table.Type.Rank, out var keys))
                files.Add(WriteTable(staged, keys, shard));
        }

        return new JsonObject { ["files"] = files, ["subjects"] = subjects };
    }

    public void Dispose() => database.Dispose();

    private RowKeys ReadKeys(StagedTable staged, ShardPlan shard)
    {
        var keys = new RowKeys();
        database.Read($"SELECT subject_id, coalesce(epoch_us(time), 0), coalesce(hadm_id, 0), coalesce(stay_id, 0), row_no FROM {Rows(staged, shard)}", row =>
            keys.Add(row.GetInt64(0), row.GetInt64(4), new ChartRow(staged.Table.Type.Rank, keys.Count, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))));
        keys.Sort();
        return keys;
    }

    private (int Events, int Items, int Types) Arrange(long subject)
    {
        var rows = new List<ChartRow>();
        foreach (var keys in _keys.Values)
        {
            keys.TakeRows(subject, rows);
        }

        var span = CollectionsMarshal.AsSpan(rows);
        var events = new int[rows.Count];
        var count = ChartOrder.Arrange(span, events, profile);
        var types = 0;
        for (var i = 0; i < span.Length; i++)
        {
            _keys[span[i].Rank].Place(span[i].Row, events[i]);
            types |= 1 << span[i].Rank;
        }

        return (count, span.Length, types);
    }

    private JsonObject WriteTable(StagedTable staged, RowKeys keys, ShardPlan shard)
    {
        database.Execute("CREATE OR REPLACE TABLE chart_place (event INTEGER)");
        using (var appender = database.Appender("chart_place"))
        {
            foreach (var place in keys.Places)
                appender.CreateRow().AppendValue(place).EndRow();
        }

        var columns = string.Join(", ", staged.Table.Type.Columns.Select(c => SqlText.Name(c.Column)));
        return ChartFile.Write(
            database,
            workspace,
            workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(staged.Table.Type, shard.Number)),
            $"SELECT subject_id, event, time, visible_from, hadm_id, stay_id{(columns.Length > 0 ? ", " + columns : "")} FROM (SELECT * FROM {Rows(staged, shard)} POSITIONAL JOIN chart_place) ORDER BY subject_id, time, row_no",
            keys.Count);
    }

    private static string Rows(StagedTable staged, ShardPlan shard)
    {
        var timed = staged.Table.Type.Rank == 0 ? "" : " AND s.time IS NOT NULL";
        return $"(SELECT s.* FROM read_parquet({SqlText.Literal(staged.Path)}) s WHERE s.subject_id BETWEEN {shard.Subjects[0]} AND {shard.Subjects[^1]}{timed})";
    }
}
