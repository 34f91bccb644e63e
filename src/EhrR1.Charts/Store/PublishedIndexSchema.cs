namespace EhrR1.Charts;

/// <summary>How a task index that a source brought with it lies in a workspace: one Parquet file a shard of the charts, a row a sample.</summary>
/// <remarks>
/// Source: the index files of the EHR-R1 release. <c>period_begin</c>, <c>period_end</c> (not included), <c>admissions_id</c> and
/// <c>last_discharge_id</c> are positions of events in the chart, from 0; <c>target</c> is JSON, an array or a string; <c>origin</c> says where the row stood.
/// </remarks>
public static class PublishedIndexSchema
{
    /// <summary>The folder inside a workspace.</summary>
    public const string Folder = "published";

    /// <summary>The columns with their SQL types.</summary>
    public static IReadOnlyList<(string Name, string SqlType)> Columns { get; } =
    [
        ("subject_id", "BIGINT"), ("hadm_id", "BIGINT"), ("task", "VARCHAR"), ("event", "VARCHAR"), ("period_begin", "INTEGER"), ("period_end", "INTEGER"),
        ("admissions_id", "INTEGER"), ("last_discharge_id", "INTEGER"), ("target", "VARCHAR"), ("split", "VARCHAR"), ("origin", "VARCHAR"),
    ];

    /// <summary>The file of a shard, relative to <see cref="Folder"/>.</summary>
    public static string FileOf(int shard) => $"{shard:D5}.parquet";
}
