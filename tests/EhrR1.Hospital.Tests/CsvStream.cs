using System.IO.Compression;

namespace EhrR1.Hospital.Tests;

/// <summary>Reads the wanted columns of a large table row by row; for tables whose wanted columns stand before any text with quotes.</summary>
internal static class CsvStream
{
    public static IEnumerable<string[]> Columns(string path, params string[] columns)
    {
        using Stream file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        var header = reader.ReadLine()!.Split(',');
        var wanted = columns.Select(c => Array.IndexOf(header, c)).ToArray();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Contains('"', StringComparison.Ordinal) ? Quoted(line) : line.Split(',');
            if (fields.Length > wanted.Max())
                yield return [.. wanted.Select(w => fields[w])];
        }
    }

    private static string[] Quoted(string line)
    {
        var fields = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                quoted = !quoted;
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                fields.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
        }
        return [.. fields];
    }
}
