using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The release's dictionaries, loaded: the texts of derived fields by key, and where the exam names of notes are staged.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
internal sealed class ReleaseLookups
{
    private readonly Dictionary<(EventType Type, string Field), (ReleaseLookup Lookup, Dictionary<string, string> Texts)> _texts = [];

    private ReleaseLookups(LookupFiles files, string? examNames)
    {
        Files = files;
        ExamNames = examNames;
    }

    /// <summary>The dictionaries that were read.</summary>
    public LookupFiles Files { get; }

    /// <summary>The staged exam names (<c>subject_id</c>, <c>note_id</c>, <c>name</c>, in file order), or <see langword="null"/>.</summary>
    public string? ExamNames { get; }

    /// <summary>Reads the dictionaries that are there.</summary>
    /// <exception cref="EhrR1Exception">One of them is damaged, lacks a column, or holds a row that does not fit.</exception>
    public static ReleaseLookups Load(DuckDb database, ReleaseFolder folder, StagingPlace place, LookupFiles files)
    {
        var exams = folder.FindDictionary("note", ReleaseLookup.ExamFile);
        var lookups = new ReleaseLookups(files, exams is null ? null : StageExamNames(database, exams, place, files));
        var loaded = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var lookup in ReleaseLookup.All.Where(l => l.File != ReleaseLookup.ExamFile))
        {
            if (folder.FindDictionary(lookup.Module, lookup.File) is not { } file)
                continue;
            if (!loaded.TryGetValue(file.Path, out var texts))
                loaded.Add(file.Path, texts = LoadTexts(database, lookup, file, files));
            lookups._texts.Add((lookup.Type, lookup.Field), (lookup, texts));
        }

        return lookups;
    }

    /// <summary>Finds the text of a derived field.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="field">The derived field.</param>
    /// <param name="value">Gives the item's own fields by name.</param>
    public string? Find(EventType type, EventField field, Func<string, string?> value)
        => _texts.TryGetValue((type, field.Name), out var found) ? found.Texts.GetValueOrDefault(ReleaseLookup.KeyOf(found.Lookup.Keys.Select(k => (k, value(k))))) : null;

    private static Dictionary<string, string> LoadTexts(DuckDb database, ReleaseLookup lookup, SourceFile file, LookupFiles files)
    {
        const string Table = "release_dictionary";
        string[] columns = [.. lookup.Columns, lookup.Value];
        files.Load(database, Table, file, [.. columns.Select(c => (c, "VARCHAR"))]);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        database.Read($"SELECT {string.Join(", ", columns)} FROM {Table} WHERE {lookup.Value} IS NOT NULL ORDER BY n", row =>
        {
            // Where a dictionary has several rows for one code, the last row counts.
            var key = ReleaseLookup.KeyOf(lookup.Columns.Select((c, i) => (c, row.IsDBNull(i) ? null : row.GetString(i))));
            texts[key] = row.GetString(lookup.Columns.Length);
        });
        database.Execute($"DROP TABLE {Table}");
        return texts;
    }

    private static string StageExamNames(DuckDb database, SourceFile file, StagingPlace place, LookupFiles files)
    {
        const string Table = "release_exam";
        var path = Path.Combine(place.Tables, ReleaseLookup.ExamFile + ".parquet");
        files.Load(database, Table, file, ("note_id", "VARCHAR"), ("field_name", "VARCHAR"), ("field_value", "VARCHAR"));
        database.Execute($"COPY (SELECT TRY_CAST(split_part(note_id, '-', 1) AS BIGINT) AS subject_id, note_id, field_value AS name FROM {Table} "
            + $"WHERE field_name = 'exam_name' AND field_value IS NOT NULL GROUP BY note_id, field_value ORDER BY subject_id, min(n)) TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION lz4)");
        AtomicFile.Commit(path);
        database.Execute($"DROP TABLE {Table}");
        return path;
    }
}
