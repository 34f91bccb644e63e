using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What the dictionaries and code maps of a build were: their hashes, and what of them does not fit.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
internal sealed class LookupFiles(BadRowRule onBadRow)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (SourceFile File, string Hash)> _hashes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _skipped = new(StringComparer.Ordinal);

    /// <summary>The SHA-256 of each file that was read, by path.</summary>
    public IEnumerable<(SourceFile File, string Hash)> Hashes => _hashes.Values;

    /// <summary>Rows left out because they do not fit, as places.</summary>
    public IReadOnlyCollection<string> Skipped => _skipped;

    /// <summary>Loads a file into a table with its rows numbered (<c>n</c>), after a look whether the file is whole.</summary>
    /// <exception cref="EhrR1Exception">The file is truncated or damaged, lacks a column, or holds a row that does not fit.</exception>
    public void Load(DuckDb database, string table, SourceFile file, params (string Name, string SqlType)[] columns)
    {
        var hash = SourceCheck.Verify(file);
        var suffix = "_" + table;
        var scan = CsvScan.For(file, columns.Select(c => (c.Name, c.SqlType, true))).SqlKeepingBadRows(suffix);
        database.Execute($"CREATE TABLE {table} AS SELECT row_number() OVER () AS n, * FROM {scan}");
        var (rejected, places) = RejectedRows.Take(database, suffix, file);
        if (rejected > 0 && onBadRow == BadRowRule.Fail)
            throw RejectedRows.Error(file.Table, rejected, places);
        lock (_lock)
        {
            _hashes[file.Path] = (file, hash);
            _skipped.UnionWith(places);
        }
    }
}
