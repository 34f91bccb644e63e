using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EhrR1.Ingest;

/// <summary>Reads lists and strings as Python or JSON writes them: <c>["a", "b"]</c>, <c>['a', "it's"]</c>, <c>"yes"</c>.</summary>
internal static class PythonLiteral
{
    /// <summary>The strings of a list, or <see langword="null"/> if the text is none.</summary>
    public static IReadOnlyList<string>? TryReadList(string text)
    {
        var position = 0;
        if (!Skip(text, ref position, '['))
            return null;
        var items = new List<string>();
        while (!Skip(text, ref position, ']'))
        {
            if ((items.Count > 0 && !Skip(text, ref position, ',')) || TryReadString(text, ref position) is not { } item)
                return items.Count > 0 && Skip(text, ref position, ']') && AtEnd(text, position) ? items : null;
            items.Add(item);
        }

        return AtEnd(text, position) ? items : null;
    }

    /// <summary>The text as JSON: a list becomes an array, a quoted string a string; anything else is a string as it stands.</summary>
    public static string ToJson(string text)
    {
        if (TryReadList(text) is { } items)
            return JsonSerializer.Serialize(items);
        var position = 0;
        return JsonSerializer.Serialize(TryReadString(text, ref position) is { } quoted && AtEnd(text, position) ? quoted : text);
    }

    private static string? TryReadString(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
        if (position >= text.Length || text[position] is not ('"' or '\''))
            return null;
        var quote = text[position];
        var result = new StringBuilder();
        for (var i = position + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                position = i + 1;
                return result.ToString();
            }

            if (text[i] != '\\')
                result.Append(text[i]);
            else if (!AppendEscape(text, ref i, result))
                return null;
        }

        return null;
    }

    private static bool AppendEscape(string text, ref int i, StringBuilder result)
    {
        if (++i >= text.Length)
            return false;
        var digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            result.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            return true;
        }

        if (i + digits >= text.Length || !uint.TryParse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10ffff)
            return false;
        i += digits;

        // JSON writes what lies beyond 16 bits as two halves, which come one after the other.
        if (digits == 8)
            result.Append(new Rune(code));
        else
            result.Append((char)code);
        return true;
    }

    private static bool Skip(string text, ref int position, char what)
    {
        var next = position;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        if (next >= text.Length || text[next] != what)
            return false;
        position = next + 1;
        return true;
    }

    private static bool AtEnd(string text, int position) => text.AsSpan(position).IsWhiteSpace();
}
