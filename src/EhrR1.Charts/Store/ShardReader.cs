namespace EhrR1.Charts;

/// <summary>Puts the event types' files of one shard together into charts.</summary>
/// <param name="folder">The chart store's folder.</param>
/// <param name="subjects">The patients, with the sizes of their charts.</param>
internal sealed class ShardReader(string folder, IReadOnlyDictionary<long, ChartSubject> subjects)
{
    private readonly ColumnReader[] _readers = [.. Enumerable.Range(0, Math.Min(4, Environment.ProcessorCount)).Select(_ => new ColumnReader())];

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

    private static EhrR1Exception Incomplete(string where) => new("A file of the chart store is missing", where, "Build the charts again with 'ehr-r1 build'");

    private List<ShardTable> LoadShard(int shard, CancellationToken cancellationToken)
    {
        var parts = new List<ShardTable>();
        foreach (var type in EventCatalog.Types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, ChartSchema.FileOf(type, shard));
            if (File.Exists(path))
                parts.Add(Load(type, path, subjectId: null, _readers[0]));
        }

        return parts;
    }

    // Somebody waits for a single chart: its files are read on several threads.
    private List<ShardTable> LoadChart(int shard, ChartSubject subject, CancellationToken cancellationToken)
    {
        var types = EventCatalog.Types.Where(subject.Has).ToList();
        var parts = new ShardTable[types.Count];
        var next = -1;
        ParallelWork.For(_readers.Length, _readers.Length, worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < parts.Length; i = Interlocked.Increment(ref next))
                parts[i] = Load(types[i], Path.Combine(folder, ChartSchema.FileOf(types[i], shard)), subject.SubjectId, _readers[worker]);
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

    private static ShardTable Load(EventType type, string path, long? subjectId, ColumnReader reader)
    {
        using var file = ChartFile.Open(path);
        var part = new ShardTable(type, subjectId is null ? file.Rows : 0);
        try
        {
            part.Add(file, subjectId, reader);
            return part;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw ChartFile.Unreadable(path, e);
        }
    }
}
