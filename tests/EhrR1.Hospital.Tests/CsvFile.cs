using System.IO.Compression;
using System.Text;

namespace EhrR1.Hospital.Tests;

/// <summary>A plain reader of CSV as RFC 4180 has it: the twin that the writer is checked against.</summary>
internal static class CsvFile
{
    public static IReadOnlyList<string[]> Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream, new UTF8Encoding(false, true));
        return Parse(reader.ReadToEnd());
    }

    /// <summary>Rows by column name, the header left out.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string path)
    {
        var lines = Read(path);
        foreach (var line in lines.Skip(1))
            yield return lines[0].Zip(line).ToDictionary(x => x.First, x => x.Second, StringComparer.Ordinal);
    }

    public static string Header(string path) => string.Join(',', Read(path)[0]);

    private static List<string[]> Parse(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || (c != ',' && c != '\n'))
                field.Append(c);
            else
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
        }
        return rows;
    }
}
