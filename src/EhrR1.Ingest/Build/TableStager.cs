using System.Runtime.ExceptionServices;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The first step of a build: one source table becomes a Parquet file in chart columns, rows of a patient near each other.</summary>
/// <remarks>A file whose patients follow each other already, as in PhysioNet's downloads, is not sorted.</remarks>
internal sealed class TableStager(DuckDb database, BuildOptions options, string folder)
{
    private const string UnknownSubject = "subject in no row of 'patients'";

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
            return finished;
        var check = Task.Run(() => SourceCheck.Verify(file, cancellationToken), cancellationToken);
        try
        {
            var (rejected, places) = Copy(table, file, path + AtomicFile.TemporaryEnding, advance);
            cancellationToken.ThrowIfCancellationRequested();
            var hash = Finished(check);
            if (rejected > 0 && options.OnBadRow == BadRowRule.Fail)
                throw new EhrR1Exception($"A row of the table '{table.Type.Name}' does not fit ({rejected} in all)", places[0], "Mend the row, or leave such rows out with --on-bad-row skip");
            var counts = Count(table, path + AtomicFile.TemporaryEnding, rejected, file);
            Settle(path + AtomicFile.TemporaryEnding, dropUnknown: counts.LeftOut.ContainsKey(UnknownSubject));
            AtomicFile.Commit(path);
            var staged = new StagedTable(table, path, hash, counts, places);
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

    private (long Count, IReadOnlyList<string> Places) Copy(MimicTable table, SourceFile file, string target, Action<double> advance)
    {
        var scan = CsvScan.For(file, table.SourceColumns());
        var suffix = "_" + table.Type.Name;
        var rejects = $", rejects_table = 'reject_errors{suffix}', rejects_scan = 'reject_scans{suffix}')";
        var query = table.Query(scan.Sql(keepRejects: true).TrimEnd(')') + rejects, scan.Has);
        if (table.Type.Rank == 0)
            query = $"SELECT DISTINCT ON (subject_id) * FROM ({query}) ORDER BY subject_id, row_no";

        if (options.Subjects is not null || options.LimitPatients is not null)
            query = $"SELECT q.* FROM ({query}) q SEMI JOIN wanted w ON w.subject_id = q.subject_id";
        database.Execute($"COPY ({query}) TO {SqlText.Literal(target)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 122880)", advance);
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
            throw new EhrR1Exception($"{unknown} rows of the table '{table.Type.Name}' have a subject that is in no row of 'patients'", $"{file.Path}, first in record {counts[3] + 1}, subject {counts[4]}", "Restore 'patients', or leave such rows out with --on-bad-row skip");
        var both = unknown == 0 || untimed == 0 ? 0 : database.Scalar($"SELECT count(*) FROM {from} s ANTI JOIN known_subject p ON p.subject_id = s.subject_id WHERE time IS NULL");
        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (untimed > both)
            leftOut[table.UntimedReason] = untimed - both;
        if (unknown > 0)
            leftOut[UnknownSubject] = unknown;
        if (rejected > 0)
            leftOut["row does not fit"] = rejected;
        var found = looked.Select((c, i) => (c.Name, Rows: rows, Found: counts[5 + i])).ToDictionary(l => l.Name, l => (l.Rows, l.Found), StringComparer.Ordinal);
        return new TableCounts(table.Type.Name, rows + rejected, rows - untimed - unknown + both, leftOut, found);
    }

    /// <summary>Sorts the rows by subject unless they nearly are, and drops those of unknown patients.</summary>
    private void Settle(string staged, bool dropUnknown)
    {
        var from = SqlText.Literal(staged);
        if (!dropUnknown && IsInSubjectOrder(from))
            return;
        var sorted = staged + ".sorted";
        database.Execute($"COPY (SELECT s.* FROM read_parquet({from}) s SEMI JOIN known_subject p ON p.subject_id = s.subject_id ORDER BY s.subject_id, s.row_no) TO {SqlText.Literal(sorted)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 122880)");
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
