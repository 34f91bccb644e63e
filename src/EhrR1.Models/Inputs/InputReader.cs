using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Reads the events back out of a model's input, so that a baseline sees what a language model sees and nothing else.</summary>
/// <remarks>
/// The Markdown of the charts: a title line with the event's time, then <c>- Key: value</c> lines or a table.
/// Text is not escaped there, so a title counts only where it is one of the catalogue's and ends with a time; a line that
/// begins neither an item nor an event belongs to the value before it. Where a value of a table holds <c> | </c> itself,
/// the columns after it are read shifted. Stateless.
/// </remarks>
public static class InputReader
{
    private const string InstructionStart = "\nGiven the sequence of events that have occurred in a hospital,";

    private static readonly Dictionary<string, EventType>.AlternateLookup<ReadOnlySpan<char>> _byTitle =
        EventCatalog.Types.ToDictionary(t => t.DisplayName, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the events in the order of the text; the instruction at its end is left out.</summary>
    /// <param name="text">A sample's input, with or without its instruction.</param>
    public static IReadOnlyList<InputEvent> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.LastIndexOf(InstructionStart, StringComparison.Ordinal);
        if (end < 0)
            end = text.Length;
        var events = new List<InputEvent>();
        InputEvent? current = null;
        var inTable = false;
        for (int start = 0, next; start < end; start = next)
        {
            var length = text.AsSpan(start, end - start).IndexOf('\n');
            next = length < 0 ? end : start + length + 1;
            var line = text.AsSpan(start, length < 0 ? end - start : length);
            if (TypeOfTitle(line) is { } type)
            {
                events.Add(current = new InputEvent(text, type));
                inTable = false;
            }
            else if (current is not null)
            {
                inTable = ReadLine(current, line, start, inTable);
            }
        }

        return events;
    }

    private static EventType? TypeOfTitle(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("## ") || line[^1] != ']')
            return null;
        var bracket = line.LastIndexOf(" [");
        return bracket > 3 && line[(bracket + 2)..^1] is "None" or { Length: 19 } && _byTitle.TryGetValue(line[3..bracket], out var type) ? type : null;
    }

    private static bool ReadLine(InputEvent current, ReadOnlySpan<char> line, int start, bool inTable)
    {
        if (current.Columns == 0 && line.StartsWith("| "))
        {
            ReadHeader(current, line);
            return true;
        }

        if (inTable)
        {
            if (line.StartsWith("| ------ |") && current.Count == 0)
                return true;
            if (line.StartsWith("| "))
                ReadRow(current, line, start);
            else if (line.Length > 0 && current.Count > 0)
                current.ExtendLast(start + (line.EndsWith(" |") ? line.Length - 2 : line.Length));
            return true;
        }

        if (line.StartsWith("- ") && FieldOfLine(current.Type, line, out var value) is { } field)
        {
            current.AddColumn(field);
            current.AddCell(start + value, line.Length - value);
        }
        else if (line.Length > 0 && current.Count > 0)
        {
            current.ExtendLast(start + line.Length);
        }

        return false;
    }

    private static void ReadHeader(InputEvent current, ReadOnlySpan<char> line)
    {
        foreach (var part in line[2..].Split(" |"))
        {
            var key = line[2..][part].Trim();
            if (key.Length > 0)
                current.AddColumn(FieldOfKey(current.Type, key));
        }
    }

    private static void ReadRow(InputEvent current, ReadOnlySpan<char> line, int start)
    {
        var position = 2;
        for (var column = 0; column < current.Columns; column++)
        {
            var rest = line[Math.Min(position, line.Length)..];
            var length = rest.IndexOf(" |");
            if (length < 0)
                length = rest.Length;
            current.AddCell(start + Math.Min(position, line.Length), length);
            position += length + 3;
        }
    }

    private static EventField? FieldOfLine(EventType type, ReadOnlySpan<char> line, out int value)
    {
        var colon = line.IndexOf(": ");
        value = colon + 2;
        return colon < 0 ? null : FieldOfKey(type, line[2..colon]);
    }

    private static EventField? FieldOfKey(EventType type, ReadOnlySpan<char> key)
    {
        foreach (var field in type.Fields)
        {
            if (key.SequenceEqual(field.Key))
                return field;
        }

        return null;
    }
}
