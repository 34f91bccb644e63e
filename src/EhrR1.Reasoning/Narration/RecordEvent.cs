using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>An event as it stands in a sample's input: a table of items, or one item line by line.</summary>
/// <remarks>Rows are read when they are asked for. Not thread-safe.</remarks>
internal sealed class RecordEvent(EventType type, string stamp, int start, string body)
{
    private EventField?[]? _columns;

    /// <summary>The event's type.</summary>
    public EventType Type => type;

    /// <summary>The time as the heading has it.</summary>
    public string Stamp => stamp;

    /// <summary>Where the heading starts in the input.</summary>
    public int Start => start;

    private bool IsTable => body.StartsWith('|');

    /// <summary>A term as the event's text spells it, or <see langword="null"/> where it does not hold it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="isNote">Whether it is a concept that free text names: there case makes no difference.</param>
    public string? Spelling(string term, bool isNote)
    {
        if (body.Contains(term, StringComparison.Ordinal))
            return term;
        for (int at = isNote ? body.IndexOf(term, StringComparison.OrdinalIgnoreCase) : -1; at >= 0; at = body.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + term.Length;
            if ((at == 0 || !char.IsLetterOrDigit(body[at - 1])) && (end == body.Length || !char.IsLetterOrDigit(body[end])))
                return body[at..end];
        }

        return null;
    }

    /// <summary>The values of the last item that has a term in one of its fields, by field; empty where none can be told.</summary>
    public IReadOnlyDictionary<string, string> RowOf(string term)
    {
        if (!IsTable)
            return Lines();
        IReadOnlyDictionary<string, string>? last = null;
        foreach (var range in body.AsSpan().Split('\n'))
        {
            var line = body.AsSpan()[range];
            if (line.Contains(term, StringComparison.Ordinal) && Cells(line) is { } cells && cells.Values.Any(c => c == term || c.Contains($"'{term}'", StringComparison.Ordinal)))
                last = cells;
        }

        return last ?? new Dictionary<string, string>();
    }

    private Dictionary<string, string>? Cells(ReadOnlySpan<char> line)
    {
        _columns ??= Columns();
        var cells = new Dictionary<string, string>(_columns.Length, StringComparer.Ordinal);
        int at = 0;
        foreach (var range in line.Trim('|').Split('|'))
        {
            // A text with the mark between cells in it shifts all that follows: better no values than wrong ones.
            if (at == _columns.Length)
                return null;
            if (_columns[at++] is { } field && line.Trim('|')[range].Trim() is { } cell && IsValue(cell))
                cells[field.Name] = cell.ToString();
        }

        return at == _columns.Length ? cells : null;
    }

    private EventField?[] Columns()
    {
        int end = body.IndexOf('\n', StringComparison.Ordinal);
        return [.. (end < 0 ? body : body[..end]).Trim('|').Split('|').Select(k => Array.Find([.. type.Fields], f => f.Key == k.Trim()))];
    }

    private Dictionary<string, string> Lines()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in body.AsSpan().Split('\n'))
        {
            var line = body.AsSpan()[range];
            int colon = line.IndexOf(": ");
            if (colon < 3 || !line.StartsWith("- "))
                continue;
            foreach (var field in type.Fields)
            {
                if (line[2..colon].SequenceEqual(field.Key) && IsValue(line[(colon + 2)..].Trim()))
                    values.TryAdd(field.Name, line[(colon + 2)..].Trim().ToString());
            }
        }

        return values;
    }

    private static bool IsValue(ReadOnlySpan<char> cell) => cell is not ("" or "nan" or "None");
}
