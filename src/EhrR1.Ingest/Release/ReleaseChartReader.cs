using System.Text.Json;
using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads one patient's file of the release.</summary>
/// <remarks>
/// Source: the EHR-R1 release's preparation of patients: a row an event with <c>file_name</c>, <c>starttime</c>, <c>endtime</c>, <c>hadm_id</c> and
/// <c>items</c>, a JSON array of the rows of MIMIC-IV's table. Not safe for several threads at once.
/// </remarks>
internal sealed class ReleaseChartReader(DuckDb database, ReleaseLookups lookups, ReleaseTally tally)
{
    private static readonly string[] _columns = ["file_name", "starttime", "endtime", "hadm_id", "items"];
    private static readonly EventType _patients = EventCatalog.Types[0];

    /// <summary>Reads a patient's events in their order.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="file">The patient's file.</param>
    /// <param name="examNames">The exam names of the patient's notes, by note.</param>
    /// <exception cref="EhrR1Exception">The file is damaged, lacks a column, or holds what is no chart of this patient.</exception>
    public IReadOnlyList<ReleasedEvent> Read(long subject, SourceFile file, ILookup<string, string> examNames)
    {
        var rows = ReadRows(subject, file);
        var events = new List<ReleasedEvent>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            events.Add(ReadEvent(subject, rows[i], $"{file.Path}, subject {subject}, event {i}", examNames));
        if (events.Count == 0 || events[0].Type != _patients || events[0].Items.Count != 1 || events.Skip(1).Any(e => e.Type == _patients))
            throw Unfit("The patient's file does not begin with its one 'patients' row", $"{file.Path}, subject {subject}");
        return events;
    }

    private List<string?[]> ReadRows(long subject, SourceFile file)
    {
        var from = $"read_parquet({SqlText.Literal(file.Path)})";
        var rows = new List<string?[]>();
        try
        {
            database.Read($"SELECT {string.Join(", ", _columns.Select(c => $"{c}::VARCHAR"))} FROM {from}", row => rows.Add([.. Enumerable.Range(0, _columns.Length).Select(i => row.IsDBNull(i) ? null : row.GetString(i))]));
            return rows;
        }
        catch (Exception e) when (IsOfFile(e))
        {
            if (MissingColumn(file) is { } column)
                throw new EhrR1Exception($"A patient's file has no column '{column}'", $"{file.Path}, subject {subject}", $"A file of the release has the columns {string.Join(", ", _columns)}; restore it from its download", e);
            throw new EhrR1Exception($"A patient's file is no whole Parquet file: {e.Message.Split('\n')[0].TrimEnd('.')}", $"{file.Path}, subject {subject}", "Restore the file from its download", e);
        }
    }

    private string? MissingColumn(SourceFile file)
    {
        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            database.Read($"SELECT name FROM parquet_schema({SqlText.Literal(file.Path)})", row => present.Add(row.GetString(0)));
        }
        catch (Exception e) when (IsOfFile(e))
        {
            return null;
        }

        return _columns.FirstOrDefault(c => !present.Contains(c));
    }

    // A full disk or a small memory limit is no fault of the file.
    private static bool IsOfFile(Exception e) => e is DuckDBException or EhrR1Exception { InnerException: DuckDBException } && e.Message.Contains("Error", StringComparison.Ordinal);

    private ReleasedEvent ReadEvent(long subject, string?[] row, string where, ILookup<string, string> examNames)
    {
        if (row[0] is not { } name || !EventCatalog.TryGet(name, out var type))
            throw Unfit("An event's file_name is no event type", where);
        var times = (Start: type == _patients ? null : TimeOf(row[1], "starttime", where), End: type == _patients ? null : TimeOf(row[2], "endtime", where));
        try
        {
            using var json = PythonJson.Parse(row[4] ?? "null");
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() == 0)
                throw Unfit("An event's items are no JSON array with something in it", where);
            var reader = new ReleaseItemReader(type!, lookups, tally, examNames, where);
            var count = json.RootElement.GetArrayLength();
            var items = json.RootElement.EnumerateArray().Select((item, i) => reader.Read(item, i, count, times.Start, times.End)).ToList();
            if (type == _patients && reader.SubjectId is { } named && named != subject)
                throw Unfit("A patient's file holds another patient than its name says", where);
            return new ReleasedEvent(type!, ReleaseValues.Id(row[3]), reader.StayId, items);
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception("An event's items are no JSON", where, "Restore the patient's file from its download", e);
        }
    }

    private static DateTime? TimeOf(string? text, string column, string where)
        => text is null or "" or "nan" or "None" or "NaT" ? null : ReleaseValues.Time(text) ?? throw Unfit($"An event's {column} is no time", where);

    private static EhrR1Exception Unfit(string what, string where) => new(what, where, "Restore the patient's file from its download, or leave such patients out with --on-bad-row skip");
}
