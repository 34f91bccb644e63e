namespace EhrR1.Charts;

/// <summary>The charts of a workspace, read patient by patient.</summary>
/// <remarks>
/// Memory holds one shard at a time (about half a million items), never all patients; no file stays open between two readings.
/// Not safe for several threads at once; open one store a thread and share the shards out.
/// </remarks>
public sealed class ChartStore
{
    private readonly string _folder;
    private readonly ShardReader _reader;
    private readonly Dictionary<long, ChartSubject> _bySubject;

    private ChartStore(string folder, ChartProfile profile)
    {
        _folder = folder;
        Profile = profile;
        Subjects = ReadSubjects();
        _bySubject = Subjects.ToDictionary(s => s.SubjectId);
        ShardCount = Subjects.Count == 0 ? 0 : Subjects[^1].Shard + 1;
        _reader = new ShardReader(folder, _bySubject);
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

    private List<ChartSubject> ReadSubjects()
    {
        var path = Path.Combine(_folder, ChartSchema.SubjectsFile);
        using var file = ChartFile.Open(path);
        try
        {
            var reader = new ColumnReader();
            var subjects = new List<ChartSubject>(file.Rows);
            foreach (var group in file.Groups(subjectId: null))
            {
                reader.MoveTo(group);
                var columns = Array.ConvertAll(["subject_id", "shard", "events", "items", "types"], name =>
                {
                    var column = new long[group.RowCount];
                    reader.Read(file.Field(name), 0, column, missing: 0);
                    return column;
                });
                for (var i = 0; i < group.RowCount; i++)
                    subjects.Add(new ChartSubject(columns[0][i], (int)columns[1][i], (int)columns[2][i], (int)columns[3][i], (int)columns[4][i]));
            }

            return subjects;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw ChartFile.Unreadable(path, e);
        }
    }
}
