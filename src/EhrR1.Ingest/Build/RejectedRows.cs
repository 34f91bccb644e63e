using System.Globalization;
using System.IO.Compression;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The rows of a file that DuckDB could not fit to their table: where they stand, never what they hold.</summary>
internal static class RejectedRows
{
    private const int MostListed = 1000;

    /// <summary>Counts and lists the rejected rows of the last scan and forgets them.</summary>
    /// <param name="database">The instance that scanned.</param>
    /// <param name="suffix">The ending of the tables' names.</param>
    /// <param name="file">The scanned file.</param>
    public static (long Count, IReadOnlyList<string> Places) Take(DuckDb database, string suffix, SourceFile file)
    {
        var count = database.Scalar($"SELECT count(DISTINCT line) FROM reject_errors{suffix}");
        var places = new List<string>();
        if (count > 0)
        {
            var found = new List<(long Line, long Position, string? Column, string Kind)>();
            database.Read($"SELECT line, min(line_byte_position), arg_min(column_name, column_idx), arg_min(error_type::VARCHAR, column_idx) FROM reject_errors{suffix} GROUP BY line ORDER BY line LIMIT {MostListed}",
                row => found.Add((row.GetInt64(0), row.IsDBNull(1) ? -1 : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3))));
            var lines = LinesAt(file, [.. found.Select(f => f.Position)]);
            for (var i = 0; i < found.Count; i++)
            {
                var (line, _, column, kind) = found[i];
                var where = string.Create(CultureInfo.InvariantCulture, $"line {(lines[i] > 0 ? lines[i] : line)}");
                places.Add($"{file.Path}, {where}{(kind == "CAST" && column is not null ? $", column {column}" : "")}: {Explain(kind)}");
            }
        }

        database.Execute($"DROP TABLE IF EXISTS reject_errors{suffix}");
        database.Execute($"DROP TABLE IF EXISTS reject_scans{suffix}");
        return (count, places);
    }

    /// <summary>The error of a table with rows that do not fit.</summary>
    public static EhrR1Exception Error(string table, long count, IReadOnlyList<string> places)
        => new($"A row of the table '{table}' does not fit ({count} in all)", places[0], "Mend the row, or leave such rows out with --on-bad-row skip");

    private static string Explain(string kind) => kind switch
    {
        "CAST" => "the value cannot be read as its column's type",
        "MISSING COLUMNS" => "the row has too few columns",
        "TOO MANY COLUMNS" => "the row has too many columns",
        "UNQUOTED VALUE" => "a quotation mark is not closed, or text follows it",
        "INVALID ENCODING" or "INVALID UNICODE" => "the text is not UTF-8",
        "LINE SIZE OVER MAXIMUM" => "the row is longer than 4 MiB",
        _ => "the row cannot be read",
    };

    /// <summary>The lines at byte positions, counted as a text editor does; DuckDB counts records.</summary>
    private static long[] LinesAt(SourceFile file, long[] positions)
    {
        var lines = new long[positions.Length];
        using var raw = File.OpenRead(file.Path);
        using var text = file.IsGzip ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
        var buffer = new byte[1 << 16];
        long offset = 0, line = 1;
        var next = 0;
        while (next < positions.Length)
        {
            var count = text.Read(buffer);
            if (count == 0)
                break;
            for (var i = 0; i < count && next < positions.Length; i++, offset++)
            {
                for (; next < positions.Length && positions[next] <= offset; next++)
                    lines[next] = line;
                if (buffer[i] == '\n')
                    line++;
            }
        }

        return lines;
    }
}
