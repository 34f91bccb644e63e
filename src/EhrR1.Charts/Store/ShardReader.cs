using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;

namespace EhrR1.Charts;

/// <summary>Puts the event types' files of one shard together into charts.</summary>
/// <param name="connections">Connections to read with; one chart's files are read over all of them at once, a shard's over the first.</param>
/// <param name="folder">The chart store's folder.</param>
/// <param name="subjects">The patients, with the sizes of their charts.</param>
internal sealed class ShardReader(IReadOnlyList<DuckDBConnection> connections, string folder, IReadOnlyDictionary<long, ChartSubject> subjects)
{
    public IEnumerable<PatientChart> Read(int shard, ChartSubject? subject, CancellationToken cancellationToken)
    {
        var parts = subject is { } only ? LoadChart(shard, only, cancellationToken) : LoadShard(shard, cancellationToken);

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

    /// <summary>The error of a file that cannot be read.</summary>
    public static EhrR1Exception Unreadable(string path, Exception e)
        => new($"A file of the chart store cannot be read: {e.Message.Split('\n')[0]}", path, "Build the charts again with 'ehr-r1 build'", e);

    private static EhrR1Exception Incomplete(string where) => new("A file of the chart store is missing", where, "Build the charts again with 'ehr-r1 build'");

    private List<ShardTable> LoadShard(int shard, CancellationToken cancellationToken)
    {
        var parts = new List<ShardTable>();
        foreach (var type in EventCatalog.Types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, ChartSchema.FileOf(type, shard));
            if (File.Exists(path))
                parts.Add(Load(connections[0], type, path, subjectId: null));
        }

        return parts;
    }

    private List<ShardTable> LoadChart(int shard, ChartSubject subject, CancellationToken cancellationToken)
    {
        var types = EventCatalog.Types.Where(subject.Has).ToList();
        var parts = new ShardTable[types.Count];
        var next = -1;
        ParallelWork.For(connections.Count, connections.Count, worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < parts.Length; i = Interlocked.Increment(ref next))
                parts[i] = Load(connections[worker], types[i], Path.Combine(folder, ChartSchema.FileOf(types[i], shard)), subject.SubjectId);
        }, cancellationToken);
        return [.. parts];
    }

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

    private static ShardTable Load(DuckDBConnection connection, EventType type, string path, long? subjectId)
    {
        using var command = connection.CreateCommand();
        var columns = type.Columns.Select(c => c.Kind == FieldKind.Labels ? $"to_json({SqlText.Name(c.Column)})::VARCHAR" : SqlText.Name(c.Column));
        var where = subjectId is { } id ? $" WHERE subject_id = {id}" : "";
        command.CommandText = $"SELECT {string.Join(", ", ChartSchema.CommonColumns.Select(c => SqlText.Name(c.Name)).Concat(columns))} FROM read_parquet({SqlText.Literal(path)}){where}";
        command.UseStreamingMode = true;
        try
        {
            var part = new ShardTable(type);
            if (subjectId is null)
                AddBatches(part, command);
            else
                AddRows(part, command);
            return part;
        }
        catch (Exception e) when (e is DuckDBException or IOException or InvalidCastException or InvalidDataException)
        {
            throw Unreadable(path, e);
        }
    }

    // Whole columns at once: what a shard needs.
    private static void AddBatches(ShardTable part, DuckDBCommand command)
    {
        using var stream = command.ExecuteArrowStream();
        while (Next(stream) is { } batch)
        {
            using (batch)
                part.Add(batch);
        }
    }

    // Row by row: for a few rows the set-up of a batch would cost more than they do.
    private static void AddRows(ShardTable part, DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
            part.Add(reader);
    }

    // DuckDB answers on the calling thread: the task has ended when it is handed out.
    private static RecordBatch? Next(IArrowArrayStream stream)
    {
        var pending = stream.ReadNextRecordBatchAsync();
        return pending.IsCompletedSuccessfully ? pending.Result : pending.AsTask().Result;
    }
}
