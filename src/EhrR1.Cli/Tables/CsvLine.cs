using System.Buffers;

namespace EhrR1.Cli;

/// <summary>Writes one line of CSV as RFC 4180 quotes it; lines end with a line feed, as MIMIC's own do.</summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    public static void Write(TextWriter to, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                to.Write(',');
            var cell = cells[i] ?? "";
            to.Write(cell.AsSpan().ContainsAny(_special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }

        to.Write('\n');
    }
}
