using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The task index of a workspace, read row by row.</summary>
/// <remarks>Memory does not grow with the number of rows. Not safe for several threads at once; open one store a thread.</remarks>
public sealed class TaskIndexStore : IDisposable
{
    private readonly string _folder;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private LabelCounts? _labels;

    private TaskIndexStore(string folder, TaskIndexManifest manifest)
    {
        _folder = folder;
        Manifest = manifest;
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET preserve_insertion_order = true;";
        command.ExecuteNonQuery();
    }

    /// <summary>What the index says of itself.</summary>
    public TaskIndexManifest Manifest { get; }

    /// <summary>In how many samples each label stands; read once.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public LabelCounts Labels => _labels ??= ReadLabels();

    /// <summary>Whether a workspace has a finished task index.</summary>
    public static bool Exists(Workspace workspace) => File.Exists(workspace.PathOf(TaskIndexSchema.Folder, TaskIndexSchema.ManifestFile));

    /// <summary>Opens the index of a workspace.</summary>
    /// <exception cref="EhrR1Exception">The workspace has no task index, or it cannot be read.</exception>
    public static TaskIndexStore Open(Workspace workspace)
    {
        if (!Exists(workspace))
            throw new EhrR1Exception("The workspace has no task index yet", workspace.Folder, "Make it with 'ehr-r1 build --source <MIMIC-IV folder> --out <workspace>'");
        var folder = workspace.PathOf(TaskIndexSchema.Folder);
        var path = Path.Combine(folder, TaskIndexSchema.ManifestFile);
        try
        {
            return new TaskIndexStore(folder, JsonSerializer.Deserialize<TaskIndexManifest>(File.ReadAllText(path), TaskIndexBuilder.Json)!);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The task index cannot be read: {e.Message}", path, "Make the index again with 'ehr-r1 build'", e);
        }
    }

    /// <summary>Reads all rows in the order of the charts.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadAll(CancellationToken cancellationToken = default)
        => Enumerable.Range(0, Manifest.Shards).SelectMany(shard => ReadShard(shard, cancellationToken));

    /// <summary>Reads the rows of one shard, whose number is that of the charts' shard.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadShard(int shard, CancellationToken cancellationToken = default) => Read(shard, "", cancellationToken);

    /// <summary>Reads the rows of one shard that a draw may choose from; what its filter leaves out is mostly not even read.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    internal IEnumerable<TaskIndexRow> ReadShard(int shard, DrawOptions options, CancellationToken cancellationToken)
    {
        var filter = options.Filter;
        var where = $" WHERE (period_begin IS NOT NULL OR (context_events > {filter.ContextEventsAbove}"
            + (filter.ContextEventsBelow is { } below ? $" AND context_events < {below}" : "")
            + (filter.PatientEventsAtMost is { } most ? $" AND patient_events <= {most}" : "")
            + "))"
            + And(options.Split, options.Tasks);
        return Read(shard, where, cancellationToken);
    }

    /// <summary>Reads the rows of one shard that belong to some tasks and one split.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="tasks">The tasks by name; <see langword="null"/> for all.</param>
    /// <param name="split">The split; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadShard(int shard, IReadOnlyCollection<string>? tasks, string? split, CancellationToken cancellationToken = default)
        => Read(shard, " WHERE true" + And(split, tasks), cancellationToken);

    /// <summary>Reads the rows of one shard patient by patient, with the charts; patients without a row are passed over.</summary>
    /// <param name="charts">The charts that the index was made from.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="tasks">The tasks by name; <see langword="null"/> for all.</param>
    /// <param name="split">The split; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two patients.</param>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<(PatientChart Chart, IReadOnlyList<TaskIndexRow> Rows)> ReadByPatient(ChartStore charts, int shard, IReadOnlyCollection<string>? tasks, string? split, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(charts);
        return ByPatient(charts, shard, ReadShard(shard, tasks, split, cancellationToken), cancellationToken);
    }

    /// <summary>Reads the rows of one shard that were drawn, patient by patient, with the charts; patients without one are passed over.</summary>
    /// <param name="charts">The charts that the index was made from.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="selection">The samples that were drawn.</param>
    /// <param name="cancellationToken">Stops between two patients.</param>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<(PatientChart Chart, IReadOnlyList<TaskIndexRow> Rows)> ReadByPatient(ChartStore charts, int shard, SampleSelection selection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentNullException.ThrowIfNull(selection);
        return ByPatient(charts, shard, ReadShard(shard, selection.Options, cancellationToken).Where(selection.Contains), cancellationToken);
    }

    /// <summary>Reads the rows of one task in the order of the charts.</summary>
    /// <exception cref="EhrR1Exception">There is no such task, or a file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadTask(string task, CancellationToken cancellationToken = default)
    {
        var where = $" WHERE task = {SqlText.Literal(TaskCatalog.Get(task).Name)}";
        return Enumerable.Range(0, Manifest.Shards).SelectMany(shard => Read(shard, where, cancellationToken));
    }

    /// <summary>Reads the rows of one patient in the order of the chart.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadSubject(long subjectId, CancellationToken cancellationToken = default)
        => Enumerable.Range(0, Manifest.Shards).SelectMany(shard => Read(shard, $" WHERE subject_id = {subjectId}", cancellationToken));

    /// <summary>Reads the rows of one patient whose shard is known, so that one file is read and not all.</summary>
    /// <exception cref="EhrR1Exception">A file is missing or damaged.</exception>
    public IEnumerable<TaskIndexRow> ReadSubject(int shard, long subjectId, CancellationToken cancellationToken = default)
        => Read(shard, $" WHERE subject_id = {subjectId}", cancellationToken);

    /// <summary>Finds a sample by its id.</summary>
    /// <exception cref="EhrR1Exception">There is no such sample, or a file is missing or damaged.</exception>
    public TaskIndexRow Find(string id, CancellationToken cancellationToken = default)
    {
        var parts = id.Split('-');
        if (parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var subject)
            && ReadSubject(subject, cancellationToken).FirstOrDefault(r => r.Id == id) is { } found)
            return found;
        throw new EhrR1Exception($"There is no sample '{id}'", _folder, "List the ids with 'ehr-r1 tasks <workspace> --csv'");
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => _connection.Dispose();

    private static IEnumerable<(PatientChart Chart, IReadOnlyList<TaskIndexRow> Rows)> ByPatient(ChartStore charts, int shard, IEnumerable<TaskIndexRow> from, CancellationToken cancellationToken)
    {
        using var rows = from.GetEnumerator();
        var isRow = rows.MoveNext();
        if (!isRow)
            yield break;
        foreach (var chart in charts.ReadShard(shard, cancellationToken))
        {
            // Both stand in the order of the patients.
            var own = new List<TaskIndexRow>();
            for (; isRow && rows.Current.SubjectId == chart.SubjectId; isRow = rows.MoveNext())
                own.Add(rows.Current);
            if (own.Count > 0)
                yield return (chart, own);
            if (!isRow)
                yield break;
        }

        throw new EhrR1Exception("The task index does not fit the charts: a sample's patient is not among them", rows.Current.Id, "Make the task index again with 'ehr-r1 tasks'");
    }

    private static string And(string? split, IReadOnlyCollection<string>? tasks)
        => (split is null ? "" : $" AND split = {SqlText.Literal(split)}")
            + (tasks is null ? "" : $" AND list_contains([{string.Join(", ", tasks.Select(SqlText.Literal))}], task)");

    private IEnumerable<TaskIndexRow> Read(int shard, string where, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, TaskIndexSchema.FileOf(shard));
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", TaskIndexSchema.Columns.Select(c => c.Name))} FROM read_parquet({SqlText.Literal(path)}){where}";
        command.UseStreamingMode = true;
        using var reader = Reading(path, command.ExecuteReader);
        while (Reading(path, reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return RowOf(reader);
        }
    }

    private LabelCounts ReadLabels()
    {
        var path = Path.Combine(_folder, TaskIndexSchema.LabelsFile);
        var counts = new LabelCounts();
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT task, label, samples FROM read_parquet({SqlText.Literal(path)})";
        using var reader = Reading(path, command.ExecuteReader);
        while (Reading(path, reader.Read))
            counts.Add(reader.GetString(0), reader.GetString(1), reader.GetInt64(2));
        return counts;
    }

    private static TaskIndexRow RowOf(DuckDBDataReader reader) => new()
    {
        Id = reader.GetString(0),
        SubjectId = reader.GetInt64(1),
        HadmId = reader.IsDBNull(2) ? null : reader.GetInt64(2),
        Task = TaskCatalog.Get(reader.GetString(3)).Name,
        Event = reader.GetString(4),
        AnchorTime = reader.GetDateTime(5),
        PredictionTime = reader.GetDateTime(6),
        ContextStart = reader.IsDBNull(7) ? null : reader.GetDateTime(7),
        ContextEnd = reader.IsDBNull(8) ? null : reader.GetDateTime(8),
        ContextEvents = reader.GetInt32(9),
        AdmissionTime = reader.IsDBNull(10) ? null : reader.GetDateTime(10),
        LastDischargeNote = reader.IsDBNull(11) ? null : reader.GetDateTime(11),
        Labels = TaskTarget.Parse(reader.GetString(12)),
        Weight = reader.GetDouble(13),
        Split = reader.GetString(14),
        Echo = reader.GetBoolean(15),
        PatientEvents = reader.GetInt32(16),
        Published = reader.IsDBNull(17) ? null : new PublishedContext(reader.GetInt32(17), reader.GetInt32(18), Position(reader, 19), Position(reader, 20)),
    };

    private static int? Position(DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"A file of the task index cannot be read: {e.Message.Split('\n')[0]}", path, "Make the index again with 'ehr-r1 build'", e);
        }
    }
}
