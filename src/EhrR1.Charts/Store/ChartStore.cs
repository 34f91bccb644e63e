using DuckDB.NET.Data;

namespace EhrR1.Charts;

/// <summary>The charts of a workspace, read patient by patient.</summary>
/// <remarks>
/// Memory holds one shard at a time (about half a million items), never all patients.
/// Not safe for several threads at once; open one store a thread and share the shards out.
/// </remarks>
public sealed class ChartStore : IDisposable
{
    private readonly string _folder;
    private readonly DuckDBConnection _connection;
    private readonly List<DuckDBConnection> _connections = [];
    private readonly ShardReader _reader;
    private readonly Dictionary<long, ChartSubject> _bySubject;

    private ChartStore(string folder, ChartProfile profile)
    {
        _folder = folder;
        Profile = profile;
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        Execute("SET threads = 1");
        Execute("SET preserve_insertion_order = true");
        Execute("SET parquet_metadata_cache = true");
        Subjects = ReadSubjects();
        _bySubject = Subjects.ToDictionary(s => s.SubjectId);
        ShardCount = Subjects.Count == 0 ? 0 : Subjects[^1].Shard + 1;
        _connections.Add(_connection);
        for (var i = 1; i < Math.Min(4, Environment.ProcessorCount); i++)
        {
            _connections.Add(_connection.Duplicate());
            _connections[i].Open();
        }

        _reader = new ShardReader(_connections, folder, _bySubject);
    }

    /// <summary>The profile that the charts were grouped by.</summary>
    public ChartProfile Profile { get; }

    /// <summary>All patients by ascending id.</summary>
    public IReadOnlyList<ChartSubject> Subjects { get; }

    /// <summary>The number of shards; shard numbers are 0 to this less one.</summary>
    public int ShardCount { get; }

    /// <summary>Opens the charts of a workspace.</summary>
    /// <exception cref="EhrR1Exception">The workspace has no charts, or their list is damaged.</exception>
    public static ChartStore Open(Workspace workspace)
    {
        var folder = workspace.PathOf(ChartSchema.Folder);
        if (!File.Exists(Path.Combine(folder, ChartSchema.SubjectsFile)))
            throw new EhrR1Exception("The workspace has no charts yet", workspace.Folder, "Build them with 'ehr-r1 build --source <MIMIC-IV folder> --out <workspace>'");
        return new ChartStore(folder, workspace.Profile);
    }

    /// <summary>Reads all charts, by ascending subject id.</summary>
    /// <exception cref="EhrR1Exception">A file of the store is missing or damaged.</exception>
    public IEnumerable<PatientChart> ReadAll(CancellationToken cancellationToken = default)
    {
        for (var shard = 0; shard < ShardCount; shard++)
        {
            foreach (var chart in ReadShard(shard, cancellationToken))
                yield return chart;
        }
    }

    /// <summary>Reads the charts of one shard, by ascending subject id.</summary>
    /// <exception cref="EhrR1Exception">A file of the store is missing or damaged.</exception>
    public IEnumerable<PatientChart> ReadShard(int shard, CancellationToken cancellationToken = default)
        => _reader.Read(shard, subject: null, cancellationToken);

    /// <summary>Reads one chart, or <see langword="null"/> if there is no such patient.</summary>
    /// <exception cref="EhrR1Exception">A file of the store is missing or damaged.</exception>
    public PatientChart? Read(long subjectId, CancellationToken cancellationToken = default)
        => _bySubject.TryGetValue(subjectId, out var subject) ? _reader.Read(subject.Shard, subject, cancellationToken).Single() : null;

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private List<ChartSubject> ReadSubjects()
    {
        var path = Path.Combine(_folder, ChartSchema.SubjectsFile);
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT subject_id, shard, events, items, types FROM read_parquet({SqlText.Literal(path)})";
        try
        {
            using var reader = command.ExecuteReader();
            var subjects = new List<ChartSubject>();
            while (reader.Read())
                subjects.Add(new ChartSubject(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4)));
            return subjects;
        }
        catch (DuckDBException e)
        {
            _connection.Dispose();
            throw ShardReader.Unreadable(path, e);
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
