using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Writes runs of the release's patients as charts, with the samples that the release has of them.</summary>
/// <remarks>Memory holds one patient's file and the columns of one shard, which spill to disk.</remarks>
internal sealed class ReleaseShardWriter(DuckDb database, ReleaseShards shards, Workspace workspace) : IShardWriter
{
    private const string IndexTable = "published";
    private readonly Dictionary<int, (DuckDBAppender Appender, long Rows)> _tables = [];

    public void Dispose() => database.Dispose();

    /// <inheritdoc/>
    public JsonObject Write(ShardPlan shard, CancellationToken cancellationToken)
    {
        var tally = new ReleaseTally();
        var samples = ReadSamples(shard);
        var exams = ReadExamNames(shard);
        var subjects = new JsonArray();
        var sources = new JsonArray();
        var skipped = new JsonArray();
        var published = new List<ReleaseIndexRow>();
        foreach (var subject in shard.Subjects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var file = shards.FileOf(subject);
                var own = new ReleaseTally();
                var events = new ReleaseChartReader(database, shards.Lookups, own).Read(subject, file, exams[subject].ToLookup(e => e.Note, e => e.Name, StringComparer.Ordinal));
                published.AddRange(Fitting(samples[subject], events, skipped));
                subjects.Add(Add(subject, events));
                sources.Add(FileHash.OfFile(file.Path));
                tally.Add(own);
            }
            catch (EhrR1Exception e) when (shards.SkipsBadRows)
            {
                skipped.Add($"{e.Where}: {e.What}");
            }
        }

        var note = new JsonObject { ["files"] = Finish(shard, published), ["subjects"] = subjects };
        (note["sources"], note["skipped"], note["tables"], note["respelt"], note["samples"]) = (sources, skipped, tally.ToJson(), tally.Respelt, (long)published.Count);
        return note;
    }

    private IEnumerable<ReleaseIndexRow> Fitting(IEnumerable<ReleaseIndexRow> rows, IReadOnlyList<ReleasedEvent> events, JsonArray skipped)
    {
        foreach (var row in rows)
        {
            if (row.FaultIn(events) is not { } fault)
                yield return row;
            else if (shards.SkipsBadRows)
                skipped.Add($"{row.Origin}, subject {row.SubjectId}: {fault}");
            else
                throw new EhrR1Exception(fault, $"{row.Origin}, subject {row.SubjectId}", "Check that index and patients are of one release, or leave such rows out with --on-bad-row skip");
        }
    }

    private JsonArray Add(long subject, IReadOnlyList<ReleasedEvent> events)
    {
        var (items, types) = (0L, 0L);
        for (var position = 0; position < events.Count; position++)
        {
            var e = events[position];
            types |= 1L << e.Type.Rank;
            items += e.Items.Count;
            var (appender, rows) = TableOf(e.Type);
            foreach (var item in e.Items)
            {
                var row = appender.CreateRow().AppendValue(subject).AppendValue(position).AppendValue(item.Time).AppendValue(item.Time).AppendValue(e.HadmId).AppendValue(e.StayId);
                foreach (var value in item.Values)
                    Append(row, value);
                row.EndRow();
            }

            _tables[e.Type.Rank] = (appender, rows + e.Items.Count);
        }

        return [subject, (long)events.Count, items, types];
    }

    private static void Append(IDuckDBAppenderRow row, object? value)
    {
        switch (value)
        {
            case null: row.AppendNullValue(); break;
            case double number: row.AppendValue(number); break;
            case long whole: row.AppendValue(whole); break;
            case DateTime time: row.AppendValue(time); break;
            default: row.AppendValue((string)value); break;
        }
    }

    private (DuckDBAppender Appender, long Rows) TableOf(EventType type)
    {
        if (_tables.TryGetValue(type.Rank, out var table))
            return table;

        // Labels come as JSON and become lists when the file is written.
        var columns = ChartSchema.CommonColumns.Select(c => $"{c.Name} {c.SqlType}").Concat(type.Columns.Select(c => $"{SqlText.Name(c.Column)} {(c.Kind == FieldKind.Labels ? "VARCHAR" : ChartSchema.SqlTypeOf(c.Kind))}"));
        database.Execute($"CREATE OR REPLACE TABLE {SqlText.Name(type.Name)} ({string.Join(", ", columns)})");
        return _tables[type.Rank] = (database.Appender(type.Name), 0);
    }

    private JsonArray Finish(ShardPlan shard, List<ReleaseIndexRow> published)
    {
        var files = new JsonArray();
        foreach (var type in EventCatalog.Types)
        {
            if (!_tables.Remove(type.Rank, out var table))
                continue;
            table.Appender.Dispose();
            var columns = ChartSchema.CommonColumns.Select(c => c.Name).Concat(type.Columns.Select(c => SqlText.Name(c.Column) + (c.Kind == FieldKind.Labels ? $"::JSON::VARCHAR[] AS {SqlText.Name(c.Column)}" : "")));
            files.Add(ChartFile.Write(database, workspace, workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(type, shard.Number)), $"SELECT {string.Join(", ", columns)} FROM {SqlText.Name(type.Name)}", table.Rows));
            database.Execute($"DROP TABLE {SqlText.Name(type.Name)}");
        }

        if (shards.HasIndex)
            files.Add(WritePublished(shard, published));
        return files;
    }

    private JsonObject WritePublished(ShardPlan shard, List<ReleaseIndexRow> rows)
    {
        database.Execute($"CREATE OR REPLACE TABLE {IndexTable} ({string.Join(", ", PublishedIndexSchema.Columns.Select(c => $"{c.Name} {c.SqlType}"))})");
        using (var appender = database.Appender(IndexTable))
        {
            foreach (var row in rows)
            {
                appender.CreateRow().AppendValue(row.SubjectId).AppendValue(row.HadmId).AppendValue(row.Task).AppendValue(row.Event)
                    .AppendValue((int)row.Begin!.Value).AppendValue((int)row.End!.Value).AppendValue((int?)row.Admission).AppendValue((int?)row.LastDischarge)
                    .AppendValue(PythonLiteral.ToJson(row.Target!)).AppendValue(row.Split).AppendValue(row.Origin).EndRow();
            }
        }

        return ChartFile.Write(database, workspace, workspace.PathOf(PublishedIndexSchema.Folder, PublishedIndexSchema.FileOf(shard.Number)), $"SELECT * FROM {IndexTable}", rows.Count);
    }

    private ILookup<long, ReleaseIndexRow> ReadSamples(ShardPlan shard)
    {
        var rows = new List<ReleaseIndexRow>();
        if (shards.Index.Path is { } path)
        {
            database.Read($"SELECT subject_id, hadm_id, task, event, period_begin, period_end, admissions_id, last_discharge_id, target, origin, split FROM read_parquet({SqlText.Literal(path)}) WHERE {Of(shard)}", row =>
                rows.Add(new ReleaseIndexRow(row.GetInt64(0), Whole(row, 1), Text(row, 2), Text(row, 3), Whole(row, 4), Whole(row, 5), Whole(row, 6), Whole(row, 7), Text(row, 8), row.GetString(9), row.GetString(10))));
        }

        return rows.ToLookup(r => r.SubjectId);
    }

    private ILookup<long, (string Note, string Name)> ReadExamNames(ShardPlan shard)
    {
        var names = new List<(long Subject, string Note, string Name)>();
        if (shards.Lookups.ExamNames is { } path)
            database.Read($"SELECT subject_id, note_id, name FROM read_parquet({SqlText.Literal(path)}) WHERE {Of(shard)}", row => names.Add((row.GetInt64(0), row.GetString(1), row.GetString(2))));
        return names.ToLookup(n => n.Subject, n => (n.Note, n.Name));
    }

    private static string Of(ShardPlan shard) => $"subject_id BETWEEN {shard.Subjects[0]} AND {shard.Subjects[^1]}";

    private static long? Whole(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
