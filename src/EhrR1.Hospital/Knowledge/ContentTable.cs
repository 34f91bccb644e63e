using System.Globalization;
using System.Reflection;

namespace EhrR1.Hospital;

/// <summary>One embedded file of clinical content: a header, then rows of tab-separated cells; lines that begin with # are remarks.</summary>
internal sealed class ContentTable
{
    private readonly string name;
    private readonly Dictionary<string, int> columns;

    private ContentTable(string name, string[] header, List<string[]> rows)
    {
        this.name = name;
        columns = header.Index().DistinctBy(c => c.Item).ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        Rows = [.. rows.Select(cells => new ContentRow(this, cells))];
    }

    public IReadOnlyList<ContentRow> Rows { get; }

    public static ContentTable Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its content file {name}.");
        using var reader = new StreamReader(stream);
        string[]? header = null;
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var cells = line.Split('\t');
            if (header is null)
                header = cells;
            else
                rows.Add(cells);
        }
        return new ContentTable(name, header ?? [], rows);
    }

    /// <summary>A row, read by the names of its columns; a cell that is not there is empty.</summary>
    public sealed class ContentRow(ContentTable table, string[] cells)
    {
        public string this[string column] =>
            table.columns.TryGetValue(column, out var at) && at < cells.Length ? cells[at].Trim() : "";

        /// <summary>The cell at a place, for files in which two columns bear one name.</summary>
        public string this[int at] => at < cells.Length ? cells[at].Trim() : "";

        public IReadOnlyList<string> List(string column) =>
            this[column].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public double? Optional(string column)
        {
            var text = this[column];
            if (text.Length == 0)
                return null;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new InvalidOperationException($"{table.name}: '{text}' in column {column} is no number.");
        }

        public double Number(string column, double missing = 0) => Optional(column) ?? missing;

        public int Int(string column, int missing = 0) => (int)(Optional(column) ?? missing);

        /// <summary>Cells of the form <c>name*factor</c>.</summary>
        public IReadOnlyList<(string Name, double Factor)> Factors(string column) =>
            [.. List(column).Select(cell => Split(cell, '*'))];

        /// <summary>Cells of the form <c>name:weight</c>.</summary>
        public IReadOnlyList<(string Name, double Weight)> Weights(string column) =>
            [.. List(column).Select(cell => Split(cell, ':'))];

        private static (string Name, double Factor) Split(string cell, char mark)
        {
            var at = cell.LastIndexOf(mark);
            return at > 0 && double.TryParse(cell.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
                ? (cell[..at].Trim(), factor)
                : (cell, 1);
        }
    }
}
