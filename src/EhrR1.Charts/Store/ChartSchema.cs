namespace EhrR1.Charts;

/// <summary>How event types lie in the chart store: one Parquet file an event type and shard, a row an item, real column names.</summary>
/// <remarks>Rows are sorted by subject and chart order; every shard holds whole patients.</remarks>
public static class ChartSchema
{
    /// <summary>The columns that every event type has, before its own.</summary>
    public static IReadOnlyList<(string Name, string SqlType)> CommonColumns { get; } =
    [
        ("subject_id", "BIGINT"), ("event", "INTEGER"), ("time", "TIMESTAMP"), ("visible_from", "TIMESTAMP"), ("hadm_id", "BIGINT"), ("stay_id", "BIGINT"),
    ];

    /// <summary>The SQL type of a kind of field; labels are a list of strings.</summary>
    public static string SqlTypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Number => "DOUBLE",
        FieldKind.Integer => "BIGINT",
        FieldKind.Time => "TIMESTAMP",
        FieldKind.Labels => "VARCHAR[]",
        _ => "VARCHAR",
    };

    /// <summary>The folder of the chart store inside a workspace.</summary>
    public const string Folder = "charts";

    /// <summary>The file that names each subject's shard, inside <see cref="Folder"/>.</summary>
    public const string SubjectsFile = "subjects.parquet";

    /// <summary>The file of an event type and shard, relative to <see cref="Folder"/>.</summary>
    public static string FileOf(EventType type, int shard) => Path.Combine(type.Name, $"{shard:D5}.parquet");
}
