using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>How one event type is read from its MIMIC-IV table: what places a row, what makes it visible, what is looked up.</summary>
/// <remarks>The texts are SQL expressions over the source row <c>s</c> and the joined lookups.</remarks>
internal sealed record MimicTable
{
    public required EventType Type { get; init; }

    /// <summary>The time that places a row.</summary>
    public required string Time { get; init; }

    /// <summary>From when on a row is known; never before <see cref="Time"/>.</summary>
    public string? VisibleFrom { get; init; }

    public string HadmId { get; init; } = "s.hadm_id";

    public string StayId { get; init; } = "NULL::BIGINT";

    /// <summary>Joins to lookup tables; each finds at most one row.</summary>
    public string Join { get; init; } = "";

    /// <summary>Columns that are not read under their own name.</summary>
    public IReadOnlyDictionary<string, string> Expressions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Source columns beyond those named like fields and attributes, with their SQL types.</summary>
    public IReadOnlyList<(string Name, string SqlType)> Keys { get; init; } = [];

    /// <summary>Attributes without which the table can still be read.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Why a row of this table can lack its time.</summary>
    public string UntimedReason { get; init; } = "no time";

    /// <summary>The columns that the source file must or may have, with their SQL types.</summary>
    public IEnumerable<(string Name, string SqlType, bool IsRequired)> SourceColumns()
    {
        yield return ("subject_id", "BIGINT", true);
        foreach (var (name, type) in Keys)
            yield return (name, type, true);
        foreach (var column in Type.Columns)
        {
            if (!Expressions.ContainsKey(column.Name) && !Keys.Any(k => k.Name == column.Name))
                yield return (column.Name, ChartSchema.SqlTypeOf(column.Kind), !Optional.Contains(column.Name, StringComparer.Ordinal));
        }
    }

    /// <summary>The query from source rows to chart rows.</summary>
    /// <param name="source">The table function that reads the file.</param>
    /// <param name="present">Whether the file has a column.</param>
    public string Query(string source, Func<string, bool> present)
    {
        var columns = Type.Columns.Select(c =>
            (Expressions.TryGetValue(c.Name, out var sql) ? sql : present(c.Name) ? $"s.{SqlText.Name(c.Name)}" : "NULL")
            + $"::{ChartSchema.SqlTypeOf(c.Kind)} AS {SqlText.Name(c.Column)}");
        var visible = VisibleFrom is null ? Time : $"greatest({Time}, {VisibleFrom})";

        // A join that finds nothing for a row puts it behind its neighbours, so the file's order is kept as a number.
        return $"SELECT s.row_no AS row_no, s.subject_id AS subject_id, ({Time})::TIMESTAMP AS time, ({visible})::TIMESTAMP AS visible_from, {HadmId} AS hadm_id, {StayId} AS stay_id, "
            + string.Join(", ", columns) + $" FROM (SELECT *, row_number() OVER () AS row_no FROM {source}) s {Join}";
    }
}
