namespace EhrR1.Hospital.Tests;

/// <summary>A content file as it ships, embedded in the library, read plainly: the twin of the library's own reader.</summary>
internal sealed class ContentFile
{
    private ContentFile(string[] header, IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        Header = header;
        Rows = rows;
    }

    public IReadOnlyList<string> Header { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    public static ContentFile Read(string name)
    {
        using var stream = typeof(SyntheticHospital).Assembly.GetManifestResourceStream(name).ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToArray();
        var header = lines[0];
        var rows = lines.Skip(1).Select(cells =>
        {
            cells.Length.ShouldBeLessThanOrEqualTo(header.Length, $"{name}: {string.Join(" | ", cells.Take(3))}");
            return (IReadOnlyDictionary<string, string>)header.Select((column, at) => (column, Cell: at < cells.Length ? cells[at] : "")).ToDictionary(c => c.column, c => c.Cell, StringComparer.Ordinal);
        });
        return new ContentFile(header, [.. rows]);
    }

    public IEnumerable<string> Column(string column) => Rows.Select(row => row[column]);

    public static IEnumerable<string> List(string cell) => cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static double Number(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}
