using DuckDB.NET.Data;

namespace EhrR1.Charts;

/// <summary>Puts the event types' files of one shard together into charts.</summary>
internal sealed class ShardReader(DuckDBConnection connection, string folder, IReadOnlyDictionary<long, ChartSubject> subjects)
{
    public IEnumerable<PatientChart> Read(int shard, long? subjectId, CancellationToken cancellationToken)
    {
        var parts = new List<ShardTable>();
        foreach (var type in EventCatalog.Types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, ChartSchema.FileOf(type, shard));
            if (File.Exists(path))
                parts.Add(Load(type, path, subjectId));
        }

        // The demographics' file has every patient of the shard once, in order.
        var patients = parts.Count > 0 && parts[0].Table.Type.Rank == 0
            ? parts[0]
            : throw Incomplete(Path.Combine(folder, ChartSchema.FileOf(EventCatalog.Types[0], shard)));
        for (var i = 0; i < patients.Table.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Assemble(patients.Subjects[i], parts);
        }
    }

    /// <summary>The error of a file that DuckDB cannot read.</summary>
    public static EhrR1Exception Unreadable(string path, DuckDBException e)
        => new($"A file of the chart store cannot be read: {e.Message.Split('\n')[0]}", path, "Build the charts again with 'ehr-r1 build'", e);

    private static EhrR1Exception Incomplete(string where) => new("A file of the chart store is missing", where, "Build the charts again with 'ehr-r1 build'");

    private PatientChart Assemble(long subjectId, List<ShardTable> parts)
    {
        var count = 0;
        foreach (var part in parts)
            count += part.CountEvents(subjectId);

        // An event type without a file looks like one without rows; the list of subjects knows better.
        if (!subjects.TryGetValue(subjectId, out var subject) || subject.Events != count)
            throw Incomplete($"{folder}, subject {subjectId}");
        var events = new ClinicalEvent[count];
        foreach (var part in parts)
            part.TakeEvents(subjectId, events);
        return new PatientChart(subjectId, events);
    }

    private ShardTable Load(EventType type, string path, long? subjectId)
    {
        using var command = connection.CreateCommand();
        var columns = type.Columns.Select(c => c.Kind == FieldKind.Labels ? $"to_json({SqlText.Name(c.Column)})::VARCHAR" : SqlText.Name(c.Column));
        var where = subjectId is { } id ? $" WHERE subject_id = {id}" : "";
        command.CommandText = $"SELECT {string.Join(", ", ChartSchema.CommonColumns.Select(c => SqlText.Name(c.Name)).Concat(columns))} FROM read_parquet({SqlText.Literal(path)}){where}";
        command.UseStreamingMode = true;
        try
        {
            using var reader = command.ExecuteReader();
            var part = new ShardTable(type);
            while (reader.Read())
                part.Add(reader);
            return part;
        }
        catch (DuckDBException e)
        {
            throw Unreadable(path, e);
        }
    }
}
