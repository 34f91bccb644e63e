using System.Runtime.ExceptionServices;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The first step of a build: one source table becomes a Parquet file in chart columns, rows of a patient near each other.</summary>
/// <remarks>A file whose patients follow each other already, as in PhysioNet's downloads, is not sorted.</remarks>
internal sealed class TableStager(DuckDb database, BuildOptions options, string folder)
{
    private const string UnknownSubject = "subject in no row of 'patients'";
    private const string SeenBefore = "patient given before";
    private const int MostListed = 1000;

    /// <summary>Stages a table, or finds it finished.</summary>
    /// <param name="table">How the table is read.</param>
    /// <param name="file">Its file.</param>
    /// <param name="advance">Receives, now and then, the share of the file that has been read, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops before or after the file is read.</param>
    /// <exception cref="EhrR1Exception">The file is damaged, lacks a column, or holds a row that does not fit.</exception>
    public StagedTable Stage(MimicTable table, SourceFile file, Action<double> advance, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, table.Type.Name + ".parquet");
        if (StagedTable.Find(table, path) is { } finished)
        {
            KnowSubjects(table, path);
            return finished;
        }

        var check = Task.Run(() => SourceCheck.Verify(file, cancellationToken), cancellationToken);
        try
        {
            var (rejected, places) = Copy(table, file, path + AtomicFile.TemporaryEnding, advance, cancellationToken);
            var hash = Finished(check);
            if (rejected > 0 && options.OnBadRow == BadRowRule.Fail)
                throw RejectedRows.Error(table.Type.Name, rejected, places);
            KnowSubjects(table, path + AtomicFile.TemporaryEnding);
            var counts = Count(table, path + AtomicFile.TemporaryEnding, rejected, file);
            var unknown = counts.LeftOut.ContainsKey(UnknownSubject);
            var skipped = unknown ? [.. places, .. UnknownSubjects(path + AtomicFile.TemporaryEnding, file)] : places;
            Settle(table, path + AtomicFile.TemporaryEnding, unknown, cancellationToken);
            AtomicFile.Commit(path);
            var staged = new StagedTable(table, path, hash, counts, skipped);
            staged.MarkFinished();
            return staged;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A truncated file often shows first as a row that does not fit; its own error says more.
            _ = Finished(check);
            throw;
        }
    }

    private static T Finished<T>(Task<T> task)
    {
        try
        {
            return task.Result;
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private void KnowSubjects(MimicTable table, string staged)
    {
        if (table.Type.Rank == 0)
            database.Execute($"CREATE OR REPLACE TABLE known_subject AS SELECT DISTINCT subject_id FROM read_parquet({SqlText.Literal(staged)}) WHERE subject_id IS NOT NULL");
    }

    private (long Count, IReadOnlyList<string> Places) Copy(MimicTable table, SourceFile file, string target, Action<double> advance, CancellationToken cancellationToken)
    {
        var scan = CsvScan.For(file, table.SourceColumns());
        var suffix = "_" + table.Type.Name;
        var query = table.Query(scan.SqlKeepingBadRows(suffix), scan.Has);
        if (options.Subjects is not null || options.LimitPatients is not null)
            query = $"SELECT q.* FROM ({query}) q SEMI JOIN wanted w ON w.subject_id = q.subject_id";
        database.Execute($"COPY ({query}) TO {SqlText.Literal(target)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE {options.StagedRowGroup})", advance, cancellationToken);
        return RejectedRows.Take(database, suffix, file);
    }

    private TableCounts Count(MimicTable table, string staged, long rejected, SourceFile file)
    {
        var from = $"read_parquet({SqlText.Literal(staged)})";
        var looked = table.Type.Columns.Where(c => c.IsDerived).ToList();
        var parts = new List<string>
        {
            "count(*)",
            table.Type.Rank == 0 ? "0" : "count(*) FILTER (time IS NULL)",
            "count(*) FILTER (subject_id IS NULL OR NOT known)",
            "min(row_no) FILTER (subject_id IS NULL OR NOT known)",
            "arg_min(subject_id, row_no) FILTER (subject_id IS NULL OR NOT known)",
        };
        parts.AddRange(looked.Select(c => $"count({SqlText.Name(c.Column)})"));
        var counts = new long[parts.Count];
        database.Read(
            $"SELECT {string.Join(", ", parts)} FROM (SELECT s.*, p.subject_id IS NOT NULL AS known FROM read_parquet({SqlText.Literal(staged)}) s LEFT JOIN known_subject p ON p.subject_id = s.subject_id)",
            row =>
            {
                for (var i = 0; i < counts.Length; i++)
                    counts[i] = row.IsDBNull(i) ? -1 : row.GetInt64(i);
            });
        var (rows, untimed, unknown) = (counts[0], counts[1], counts[2]);
        if (unknown > 0 && options.OnBadRow == BadRowRule.Fail)
            throw new EhrR1Exception($"{unknown} rows of the table '{table.Type.Name}' have a subject that is in no row of 'patients'", $"{file.Path}, first in record {counts[3] + 1}{(counts[4] < 0 ? "" : $", subject {counts[4]}")}", "Restore 'patients', or leave such rows out with --on-bad-row skip");
        var both = unknown == 0 || untimed == 0 ? 0 : database.Scalar($"SELECT count(*) FROM {from} s ANTI JOIN known_subject p ON p.subject_id = s.subject_id WHERE time IS NULL");
        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (untimed > both)
            leftOut[table.UntimedReason] = untimed - both;
        if (unknown > 0)
            leftOut[UnknownSubject] = unknown;
        if (rejected > 0)
            leftOut["row does not fit"] = rejected;
        var again = table.Type.Rank == 0 ? rows - unknown - database.Scalar("SELECT count(*) FROM known_subject") : 0;
        if (again > 0)
            leftOut[SeenBefore] = again;
        var found = looked.Select((c, i) => (c.Name, Rows: rows, Found: counts[5 + i])).ToDictionary(l => l.Name, l => (l.Rows, l.Found), StringComparer.Ordinal);
        return new TableCounts(table.Type.Name, rows + rejected, rows - untimed - unknown + both - again, leftOut, found);
    }

    private List<string> UnknownSubjects(string staged, SourceFile file)
    {
        var places = new List<string>();
        database.Read(
            $"SELECT row_no, s.subject_id FROM read_parquet({SqlText.Literal(staged)}) s ANTI JOIN known_subject p ON p.subject_id = s.subject_id ORDER BY row_no LIMIT {MostListed}",
            row => places.Add($"{file.Path}, record {row.GetInt64(0) + 1}: {(row.IsDBNull(1) ? "the row has no subject" : $"subject {row.GetInt64(1)} is in no row of 'patients'")}"));
        return places;
    }

    /// <summary>Sorts the rows by subject unless they nearly are, and drops those of unknown patients and a patient's second row in 'patients'.</summary>
    private void Settle(MimicTable table, string staged, bool dropUnknown, CancellationToken cancellationToken)
    {
        var from = SqlText.Literal(staged);
        var once = table.Type.Rank == 0 ? "DISTINCT ON (s.subject_id) " : "";
        if (!dropUnknown && once.Length == 0 && IsInSubjectOrder(from))
            return;
        var sorted = staged + ".sorted";
        database.Execute(
            $"COPY (SELECT {once}s.* FROM read_parquet({from}) s SEMI JOIN known_subject p ON p.subject_id = s.subject_id ORDER BY s.subject_id, s.row_no) "
            + $"TO {SqlText.Literal(sorted)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE {options.StagedRowGroup})", cancellationToken: cancellationToken);
        File.Move(sorted, staged, overwrite: true);
    }

    /// <summary>Whether a patient's rows lie in neighbouring row groups, so that reading a run of patients reads no others.</summary>
    private bool IsInSubjectOrder(string from)
    {
        var groups = new List<(long Min, long Max)>();
        database.Read(
            $"SELECT coalesce(stats_min_value, stats_min)::BIGINT, coalesce(stats_max_value, stats_max)::BIGINT FROM parquet_metadata({from}) WHERE path_in_schema = 'subject_id' AND num_values > 0 ORDER BY row_group_id",
            row => groups.Add((row.IsDBNull(0) ? long.MinValue : row.GetInt64(0), row.IsDBNull(1) ? long.MaxValue : row.GetInt64(1))));
        for (var i = 2; i < groups.Count; i++)
        {
            if (groups[i].Min < groups[i - 2].Max || groups[i].Min < groups[i - 1].Min)
                return false;
        }

        return true;
    }
}
