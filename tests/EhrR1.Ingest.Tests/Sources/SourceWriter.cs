using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EhrR1.Ingest.Tests;

/// <summary>A hand-made MIMIC-IV source: rows by table, written as CSV with the quoting that PhysioNet's files have.</summary>
internal sealed class SourceWriter
{
    private readonly Dictionary<string, List<string[]>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _raw = new(StringComparer.Ordinal);

    /// <summary>Whether files are compressed.</summary>
    public bool Gzip { get; set; } = true;

    /// <summary>The folder of a module below the root; PhysioNet nests them.</summary>
    public Func<string, string> FolderOf { get; set; } = module => module;

    public string LineEnd { get; set; } = "\n";

    public bool ByteOrderMark { get; set; }

    public List<string[]> Rows(string table) => _rows[table];

    /// <summary>Adds a table without rows.</summary>
    public SourceWriter Table(string table)
    {
        _rows.TryAdd(table, []);
        _columns.TryAdd(table, MimicColumns.Of[table]);
        return this;
    }

    /// <summary>Adds a row; columns not named are empty.</summary>
    public SourceWriter Row(string table, params (string Column, object? Value)[] values)
    {
        Table(table);
        var columns = _columns[table];
        foreach (var (column, _) in values)
            columns.Contains(column, StringComparer.Ordinal).ShouldBeTrue($"{table}.{column}");
        _rows[table].Add([.. columns.Select(c => Text(values.FirstOrDefault(v => v.Column == c).Value))]);
        return this;
    }

    public SourceWriter Without(params string[] tables)
    {
        foreach (var table in tables)
            _rows.Remove(table);
        return this;
    }

    /// <summary>Leaves out all tables but the two required ones and these: a build of few tables is a fast one.</summary>
    public SourceWriter Only(params string[] tables) => Without([.. _rows.Keys.Except(["hosp/patients", "hosp/admissions", .. tables])]);

    public SourceWriter WithoutModule(string module) => Without([.. _rows.Keys.Where(t => t.StartsWith(module + "/", StringComparison.Ordinal))]);

    /// <summary>Puts a table's columns into another order or leaves some out.</summary>
    public SourceWriter Columns(string table, Func<string[], IEnumerable<string>> choose)
    {
        var before = _columns[table];
        var after = choose(before).ToArray();
        _columns[table] = after;
        _rows[table] = [.. _rows[table].Select(r => after.Select(c => r[Array.IndexOf(before, c)]).ToArray())];
        return this;
    }

    /// <summary>Changes one cell of a table.</summary>
    public SourceWriter Cell(string table, int row, string column, string value)
    {
        _rows[table][row][Array.IndexOf(_columns[table], column)] = value;
        return this;
    }

    /// <summary>Replaces a table's file by these bytes.</summary>
    public SourceWriter Raw(string table, byte[] content)
    {
        _raw[table] = content;
        return this;
    }

    /// <summary>The text of a table's file.</summary>
    public string TextOf(string table)
    {
        var text = new StringBuilder(ByteOrderMark ? "\ufeff" : "");
        foreach (var row in _rows[table].Prepend(_columns[table]))
            text.AppendJoin(',', row.Select(Quoted)).Append(LineEnd);
        return text.ToString();
    }

    public static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return result.ToArray();
    }

    /// <summary>Writes all files and returns the folder.</summary>
    public string Write(string folder)
    {
        foreach (var table in _rows.Keys)
        {
            var path = PathOf(folder, table);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var bytes = Encoding.UTF8.GetBytes(TextOf(table));
            File.WriteAllBytes(path, _raw.TryGetValue(table, out var raw) ? raw : Gzip ? Compress(bytes) : bytes);
        }

        return folder;
    }

    /// <summary>Where a table's file stands in a folder.</summary>
    public string PathOf(string folder, string table)
    {
        var parts = table.Split('/');
        return Path.Combine(folder, parts[0] == "maps" ? "maps" : FolderOf(parts[0]), parts[1] + (Gzip ? ".csv.gz" : ".csv"));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
