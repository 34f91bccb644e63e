namespace EhrR1.Tasks;

/// <summary>How the task index lies on disk: one Parquet file a shard, a row a sample, sorted as charts are.</summary>
public static class TaskIndexSchema
{
    /// <summary>The folder inside a workspace.</summary>
    public const string Folder = "tasks";

    /// <summary>The file with the number of samples that each label of a task stands in.</summary>
    public const string LabelsFile = "labels.parquet";

    /// <summary>The file that says how the index was made.</summary>
    public const string ManifestFile = "index.json";

    /// <summary>The columns: those that the index is specified by, then what draws need beside them, then what <see cref="PublishedContext"/> holds.</summary>
    public static IReadOnlyList<(string Name, string SqlType)> Columns { get; } =
    [
        ("id", "VARCHAR"), ("subject_id", "BIGINT"), ("hadm_id", "BIGINT"), ("task", "VARCHAR"), ("event", "VARCHAR"),
        ("anchor_time", "TIMESTAMP"), ("prediction_time", "TIMESTAMP"), ("context_start", "TIMESTAMP"), ("context_end", "TIMESTAMP"), ("context_events", "INTEGER"),
        ("admission_time", "TIMESTAMP"), ("last_discharge_note", "TIMESTAMP"), ("target", "VARCHAR"), ("weight", "DOUBLE"), ("split", "VARCHAR"),
        ("echo", "BOOLEAN"), ("patient_events", "INTEGER"),
        ("period_begin", "INTEGER"), ("period_end", "INTEGER"), ("admissions_id", "INTEGER"), ("last_discharge_id", "INTEGER"),
    ];

    /// <summary>The file of a shard, relative to <see cref="Folder"/>.</summary>
    public static string FileOf(int shard) => $"{shard:D5}.parquet";
}
