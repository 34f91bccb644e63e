using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>Reads numbers and their units out of a text, and tells those that quote something from counts, dates and list numbers.</summary>
internal static class ChainNumbers
{
    private const int LongestUnit = 16;
    private static readonly System.Buffers.SearchValues<char> _digits = System.Buffers.SearchValues.Create("0123456789");

    /// <summary>A number of a text, with its unit.</summary>
    public readonly record struct Found(TextSpan Number, double Value, TextSpan Unit);

    /// <summary>The numbers of a place that can be quotations, in their order.</summary>
    public static IEnumerable<Found> Read(string text, TextSpan place, IReadOnlyList<TimeMention> times, ChainWord[] words)
    {
        int time = 0, at = place.Start;
        while (at < place.End)
        {
            int digit = text.AsSpan(at, place.End - at).IndexOfAny(_digits);
            if (digit < 0)
                yield break;
            int start = at + digit;
            int end = EndOf(text, start, place.End);
            at = end;
            while (time < times.Count && times[time].Span.End <= start)
                time++;
            if (time < times.Count && times[time].Span.Start <= start)
            {
                at = times[time].Span.End;
                continue;
            }

            if (IsPartOfWord(text, start, end) || IsOrdinal(text, place.Start, start, end) || IsClock(text, start, end))
                continue;
            var unit = UnitAt(text, end, place.End);
            if (unit.Length == 0 && IsCount(words, start, end))
                continue;
            if (double.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double value))
                yield return new Found(TextSpan.Between(start, end), start > place.Start && text[start - 1] is '-' or '−' && (start - 1 == place.Start || text[start - 2] is ' ' or '(' or ':') ? -value : value, unit);
        }
    }

    /// <summary>Where the number that begins at a digit ends.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start, int limit)
    {
        int end = start;
        while (end < limit && (char.IsAsciiDigit(text[end]) || IsInside(text, end, limit)))
            end++;
        return end;
    }

    private static bool IsInside(ReadOnlySpan<char> text, int at, int limit) => at + 1 < limit && char.IsAsciiDigit(text[at + 1])
        && (text[at] == '.' || (text[at] == ',' && at + 3 < limit && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && (at + 4 == limit || !char.IsAsciiDigit(text[at + 4]))));

    /// <summary>The unit behind a number, or an empty place.</summary>
    private static TextSpan UnitAt(string text, int end, int limit)
    {
        int start = end;
        if (start < limit && text[start] == ' ')
            start++;
        int at = start;
        while (at < limit && at - start < LongestUnit && (char.IsLetterOrDigit(text[at]) || text[at] is '%' or '°' or '/' or '#' or '²'))
            at++;
        while (at > start && text[at - 1] == '/')
            at--;
        if (at == start || !IsUnit(text.AsSpan(start, at - start)))
            return default;
        // Some write the millimetres of mercury as two words.
        if (text.AsSpan(start, at - start).Equals("mm", StringComparison.OrdinalIgnoreCase) && text.AsSpan(at, limit - at).StartsWith(" Hg", StringComparison.OrdinalIgnoreCase))
            at += 3;
        return TextSpan.Between(start, at);
    }

    private static bool IsUnit(ReadOnlySpan<char> token)
    {
        var rules = ChainRules.BuiltIn;
        if (rules.UnitSet.Contains(token))
            // "a" and "in" after a number are mostly words; single capitals are units where they stand alone.
            return token is not ("in" or "a");
        int slash = token.IndexOf('/');
        if (slash < 0 || !rules.UnitSet.Contains(token[..slash]) && slash > 0)
            return false;
        foreach (var part in token[(slash + 1)..].Split('/'))
        {
            if (!rules.UnitPartSet.Contains(token[(slash + 1)..][part]))
                return false;
        }

        return true;
    }

    // "B12", "2nd", "CO2" and "25-hydroxy" name things.
    private static bool IsPartOfWord(string text, int start, int end) =>
        (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '_' || (text[start - 1] is '-' or '/' && start > 1 && char.IsLetter(text[start - 2]))))
        || (end < text.Length && ((char.IsLetter(text[end]) && !IsUnit(UnitAt(text, end, text.Length).Of(text))) || (text[end] == '-' && end + 1 < text.Length && char.IsLetter(text[end + 1]))));

    private static bool IsOrdinal(string text, int from, int start, int end)
    {
        if (end >= text.Length || text[end] is not ('.' or ')') || (end + 1 < text.Length && !char.IsWhiteSpace(text[end + 1])))
            return false;
        int before = start - 1;
        while (before >= from && text[before] is ' ' or '\t' or '*' or '(' or '-' or '_')
            before--;
        return before < from ? text[end] == ')' || from == 0 || text[from - 1] == '\n' : text[before] == '\n';
    }

    private static bool IsClock(string text, int start, int end) =>
        (end + 1 < text.Length && text[end] == ':' && char.IsAsciiDigit(text[end + 1])) || (start > 1 && text[start - 1] == ':' && char.IsAsciiDigit(text[start - 2]));

    private static bool IsCount(ChainWord[] words, int start, int end)
    {
        int at = ChainWord.FirstFrom(words, start);
        int next = at;
        while (next < words.Length && words[next].Start < end)
            next++;
        return (next < words.Length && words[next].Start <= end + 2 && ChainRules.BuiltIn.AfterWords.Contains(words[next].Hash))
            || (at > 0 && words[at - 1].End >= start - 2 && ChainRules.BuiltIn.BeforeWords.Contains(words[at - 1].Hash));
    }
}
