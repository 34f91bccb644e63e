using System.Globalization;
using System.Text;

namespace EhrR1.Charts;

/// <summary>Writes text as Python's <c>repr</c> does, which is how the published prompts show lists.</summary>
public static class PythonText
{
    /// <summary>A list of strings: <c>['CHEST (PA &amp; LAT)', "it's"]</c>.</summary>
    public static string OfList(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Of))}]";

    /// <summary>One string in quotes, with Python's choice of quote and its escapes of what cannot be printed.</summary>
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
                    _ when IsPrintable(rune) => rune.ToString(),
                    <= 0xff => $"\\x{rune.Value.ToString("x2", CultureInfo.InvariantCulture)}",
                    <= 0xffff => $"\\u{rune.Value.ToString("x4", CultureInfo.InvariantCulture)}",
                    _ => $"\\U{rune.Value.ToString("x8", CultureInfo.InvariantCulture)}",
                });
        }

        return result.Append(quote).ToString();
    }

    // As str.isprintable(): everything but the categories "other" and "separator", the plain blank excepted.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
