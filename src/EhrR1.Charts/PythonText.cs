using System.Globalization;
using System.Text;

namespace EhrR1.Charts;

/// <summary>Writes text as Python's <c>repr</c> does, which is how the published prompts show lists.</summary>
public static class PythonText
{
    /// <summary>A list of strings: <c>['CHEST (PA &amp; LAT)', "it's"]</c>.</summary>
    public static string OfList(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Of))}]";

    /// <summary>One string in quotes, with Python's choice of quote and its escapes.</summary>
    public static string Of(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == quote || rune.Value == '\\')
                result.Append('\\').Append(rune);
            else
                result.Append(rune.Value switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    < 0x20 or 0x7f => $"\\x{rune.Value.ToString("x2", CultureInfo.InvariantCulture)}",
                    _ => rune.ToString(),
                });
        }

        return result.Append(quote).ToString();
    }
}
