using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The release's index files, staged as one table in subject order, a row a sample.</summary>
/// <remarks>
/// A sample that several files hold counts once, as the first of them has it; the benchmark's files come first. A patient of the benchmark is a
/// test patient, any other a training patient, so that a split holds whole patients.
/// </remarks>
/// <param name="Path">The staged file, or <see langword="null"/> if the release has no index.</param>
/// <param name="Hashes">The index files with their hashes.</param>
/// <param name="Skipped">Rows left out because they do not fit, as places.</param>
internal sealed record ReleaseIndex(string? Path, IReadOnlyList<(SourceFile File, string Hash)> Hashes, IReadOnlyList<string> Skipped)
{
    private const string Table = "release_index";
    private const int MostListed = 1000;

    /// <summary>The columns of an index file. Positions are written with a point where some of them are missing.</summary>
    public static IReadOnlyList<(string Name, string SqlType, bool IsRequired)> SourceColumns { get; } =
    [
        ("subject_id", "BIGINT", true), ("hadm_id", "VARCHAR", true), ("task", "VARCHAR", true), ("event", "VARCHAR", true), ("period_begin", "DOUBLE", true), ("period_end", "DOUBLE", true),
        ("admissions_id", "DOUBLE", true), ("last_discharge_id", "DOUBLE", true), ("target", "VARCHAR", true),
    ];

    /// <summary>Reads the index files.</summary>
    /// <exception cref="EhrR1Exception">A file is damaged, lacks a column, holds a row that does not fit, or names a patient that has no file.</exception>
    public static ReleaseIndex Stage(DuckDb database, ReleaseFolder folder, StagingPlace place, BadRowRule onBadRow, CancellationToken cancellationToken)
    {
        if (folder.Indexes.Count == 0)
            return new ReleaseIndex(null, [], []);
        database.Execute($"CREATE TABLE {Table} (file INTEGER, row_no BIGINT, subject_id BIGINT, hadm_id BIGINT, task VARCHAR, event VARCHAR, period_begin BIGINT, period_end BIGINT, admissions_id BIGINT, last_discharge_id BIGINT, target VARCHAR, bench BOOLEAN, origin VARCHAR)");
        var hashes = new List<(SourceFile, string)>();
        var skipped = new List<string>();
        for (var i = 0; i < folder.Indexes.Count; i++)
        {
            hashes.Add((folder.Indexes[i], SourceCheck.Verify(folder.Indexes[i], cancellationToken)));
            skipped.AddRange(Load(database, folder, i, onBadRow, cancellationToken));
        }

        skipped.AddRange(WithoutPatient(database, folder, onBadRow));
        var path = System.IO.Path.Combine(place.Tables, "index.parquet");
        database.Execute(
            $"COPY (SELECT subject_id, hadm_id, task, event, period_begin, period_end, admissions_id, last_discharge_id, target, origin, CASE WHEN bool_or(bench) OVER (PARTITION BY subject_id) THEN 'test' ELSE 'train' END AS split "
            + $"FROM {Table} QUALIFY row_number() OVER (PARTITION BY subject_id, task, period_begin, period_end ORDER BY file, row_no) = 1 ORDER BY subject_id, period_end, file, row_no) "
            + $"TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION lz4)", cancellationToken: cancellationToken);
        AtomicFile.Commit(path);
        return new ReleaseIndex(path, hashes, skipped);
    }

    private static IReadOnlyList<string> Load(DuckDb database, ReleaseFolder folder, int number, BadRowRule onBadRow, CancellationToken cancellationToken)
    {
        var file = folder.Indexes[number];
        var suffix = $"_index_{number}";
        var name = System.IO.Path.GetRelativePath(folder.Root, file.Path).Replace('\\', '/');
        database.Execute(
            $"INSERT INTO {Table} SELECT {number}, row_no, subject_id, TRY_CAST(TRY_CAST(hadm_id AS DOUBLE) AS BIGINT), task, event, {Position("period_begin")}, {Position("period_end")}, {Position("admissions_id")}, {Position("last_discharge_id")}, target, "
            + $"{ReleaseFolder.IsBenchmark(file)}, {SqlText.Literal(name)} || ', record ' || (row_no + 1) FROM (SELECT *, row_number() OVER () AS row_no FROM {CsvScan.For(file, SourceColumns).SqlKeepingBadRows(suffix)})", cancellationToken: cancellationToken);
        var (count, places) = RejectedRows.Take(database, suffix, file);
        if (count > 0 && onBadRow == BadRowRule.Fail)
            throw RejectedRows.Error(file.Table, count, places);
        return places;
    }

    // A missing position is an empty cell or nan; one that is no whole number lies outside every chart.
    private static string Position(string column) => $"CASE WHEN {column} IS NULL OR isnan({column}) THEN NULL WHEN abs({column}) < 1e9 AND {column} = floor({column}) THEN {column}::BIGINT ELSE -1 END";

    private static List<string> WithoutPatient(DuckDb database, ReleaseFolder folder, BadRowRule onBadRow)
    {
        database.Execute("CREATE TABLE release_patient (subject_id BIGINT)");
        using (var appender = database.Appender("release_patient"))
        {
            foreach (var (subject, _) in folder.Patients)
                appender.CreateRow().AppendValue(subject).EndRow();
        }

        var places = new List<string>();
        database.Read(
            $"SELECT origin, i.subject_id FROM {Table} i ANTI JOIN release_patient p ON p.subject_id = i.subject_id ORDER BY file, row_no LIMIT {MostListed}",
            row => places.Add($"{row.GetString(0)}: {(row.IsDBNull(1) ? "the row has no subject" : $"subject {row.GetInt64(1)} has no file in {ReleaseFolder.PatientsName}")}"));
        if (places.Count > 0 && onBadRow == BadRowRule.Fail)
            throw new EhrR1Exception("The release's index names a patient that the release does not hold", places[0], "Restore the patient's file, or leave such rows out with --on-bad-row skip");
        database.Execute($"DELETE FROM {Table} WHERE subject_id IS NULL OR subject_id NOT IN (SELECT subject_id FROM release_patient)");
        return places;
    }
}
