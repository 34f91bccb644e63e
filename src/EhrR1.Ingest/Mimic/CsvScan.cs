using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads one CSV file through DuckDB with fixed types: nothing is guessed from the data.</summary>
internal sealed class CsvScan
{
    // A note has some ten kilobytes. DuckDB's own buffers are 16 times the longest line, a scan, and count against the memory limit.
    private const int MaxLine = 4 << 20;

    private readonly SourceFile _file;
    private readonly List<(string Name, string SqlType)> _columns;
    private readonly HashSet<string> _present;

    private CsvScan(SourceFile file, List<(string Name, string SqlType)> columns)
    {
        _file = file;
        _columns = columns;
        _present = columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reads the header and fixes the types.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">The columns that are used, with types and whether the file must have them; the rest is read as text and dropped.</param>
    /// <exception cref="EhrR1Exception">A required column is missing, or stands there twice.</exception>
    public static CsvScan For(SourceFile file, IEnumerable<(string Name, string SqlType, bool IsRequired)> wanted)
    {
        var header = ReadHeader(file);
        var names = header.Select(h => h.ToLowerInvariant()).ToList();
        var byName = wanted.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var column in byName.Values)
        {
            if (!column.IsRequired || names.Contains(column.Name))
                continue;
            _ = SourceCheck.Verify(file);
            throw new EhrR1Exception($"The table '{file.Table}' has no column '{column.Name}'", $"{file.Path}, line 1", $"The file has the columns {string.Join(", ", header)}; check that it is MIMIC-IV's '{file.Table}'");
        }

        var duplicate = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1 && byName.ContainsKey(g.Key));
        if (duplicate is not null)
            throw new EhrR1Exception($"The table '{file.Table}' has the column '{duplicate.Key}' twice", $"{file.Path}, line 1", "Restore the file from its download");
        var columns = names.Select((name, i) => byName.TryGetValue(name, out var column) ? (name, column.SqlType) : ($"unused_{i}", "VARCHAR")).ToList();
        return new CsvScan(file, columns);
    }

    private static IReadOnlyList<string> ReadHeader(SourceFile file)
    {
        try
        {
            return CsvHeader.Read(file);
        }
        catch (EhrR1Exception)
        {
            // A file that ends within its header is truncated in the first place.
            _ = SourceCheck.Verify(file);
            throw;
        }
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _present.Contains(column);

    /// <summary>The table function call; rows that do not fit are passed over, as another scan of the file reports them.</summary>
    public string SqlPassingOverBadRows() => Sql("ignore_errors = true");

    /// <summary>The table function call; rows that do not fit are passed over and kept for <see cref="RejectedRows.Take"/>.</summary>
    /// <param name="suffix">The ending of the names of the tables that keep them.</param>
    public string SqlKeepingBadRows(string suffix)
        => Sql($"store_rejects = true, rejects_table = 'reject_errors{suffix}', rejects_scan = 'reject_scans{suffix}'");

    private string Sql(string badRows)
    {
        var types = string.Join(", ", _columns.Select(c => $"{SqlText.Literal(c.Name)}: '{c.SqlType}'"));
        return $"read_csv({SqlText.Literal(_file.Path)}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}}, "
            + $"compression = '{(_file.IsGzip ? "gzip" : "none")}', max_line_size = {MaxLine}, buffer_size = {MaxLine * 4}, {badRows})";
    }
}
