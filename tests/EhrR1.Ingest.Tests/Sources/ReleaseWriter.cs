using System.Text.Json;
using DuckDB.NET.Data;

namespace EhrR1.Ingest.Tests;

/// <summary>A hand-made folder of the paper's release: one Parquet file a patient, index files, dictionaries.</summary>
internal sealed class ReleaseWriter
{
    public const string IndexHeader = "subject_id,hadm_id,task,event,period_begin,period_end,admissions_id,last_discharge_id,target";

    private readonly SortedDictionary<long, List<string?[]>> _patients = [];
    private readonly SortedDictionary<string, List<string>> _files = new(StringComparer.Ordinal);

    /// <summary>The columns of the patients' files.</summary>
    public List<string> Columns { get; } = ["file_name", "starttime", "endtime", "hadm_id", "items"];

    /// <summary>Adds an event whose items are text throughout, as the release has them.</summary>
    public ReleaseWriter Event(long subject, string fileName, string? start, string? end, string? hadm, params (string Key, string Value)[][] items)
        => EventRaw(subject, fileName, start, end, hadm, JsonSerializer.Serialize(items.Select(item => item.ToDictionary(c => c.Key, c => c.Value))));

    /// <summary>Adds an event whose items are this text.</summary>
    public ReleaseWriter EventRaw(long subject, string? fileName, string? start, string? end, string? hadm, string? items)
    {
        if (!_patients.TryGetValue(subject, out var events))
            _patients.Add(subject, events = []);
        events.Add([fileName, start, end, hadm, items]);
        return this;
    }

    /// <summary>Adds lines to a CSV file; the first one of a file is its header.</summary>
    public ReleaseWriter Lines(string file, params string[] lines)
    {
        if (!_files.TryGetValue(file, out var all))
            _files.Add(file, all = []);
        all.AddRange(lines);
        return this;
    }

    /// <summary>Adds a sample to an index file; empty cells where a position is missing, as pandas writes them.</summary>
    public ReleaseWriter Sample(string file, long subject, string hadm, string task, string @event, int begin, int end, int? admission, int? lastDischarge, string target)
    {
        if (!_files.ContainsKey(file))
            Lines(file, IndexHeader);
        return Lines(file, FormattableString.Invariant($"{subject},{hadm},{task},{@event},{begin},{end},{Position(admission)},{Position(lastDischarge)},\"{target.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    public ReleaseWriter Without(string file)
    {
        _files.Remove(file).ShouldBeTrue();
        return this;
    }

    /// <summary>Writes the folder and returns it.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "patients_ehr"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var (subject, events) in _patients)
            WritePatient(connection, Path.Combine(folder, "patients_ehr", FormattableString.Invariant($"{subject}.parquet")), events);
        foreach (var (file, lines) in _files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }

        return folder;
    }

    private void WritePatient(DuckDBConnection connection, string path, List<string?[]> events)
    {
        Execute(connection, "CREATE OR REPLACE TABLE chart (file_name VARCHAR, starttime VARCHAR, endtime VARCHAR, hadm_id VARCHAR, items VARCHAR)");
        using (var appender = connection.CreateAppender("chart"))
        {
            foreach (var e in events)
                appender.CreateRow().AppendValue(e[0]).AppendValue(e[1]).AppendValue(e[2]).AppendValue(e[3]).AppendValue(e[4]).EndRow();
        }

        Execute(connection, $"COPY (SELECT {string.Join(", ", Columns)} FROM chart) TO '{path}' (FORMAT parquet, COMPRESSION snappy)");
    }

    private static string Position(int? position) => position is { } at ? FormattableString.Invariant($"{at}.0") : "";

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
