using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Finds the events that a chain cites: a name with a time in brackets behind it.</summary>
internal static class ChainCitations
{
    private const int LongestName = 100;
    private const string NoTime = "None";
    private static readonly string[] _names = [.. EventCatalog.Types.Where(t => t.IsShown).Select(t => t.DisplayName).Concat(ChainRules.BuiltIn.EventAliases.Keys).OrderByDescending(n => n.Length)];

    /// <summary>The events, each with what is said of it up to the next one or the end of its section.</summary>
    public static List<CitedEvent> Find(string text, IReadOnlyList<ChainSection> sections, IReadOnlyList<TimeMention> times)
    {
        var places = new List<(TextSpan Time, DateTime? Moment, TimeSpan Precision)>(times.Count);
        foreach (var time in times)
            places.Add((time.Span, time.Time, time.Precision));
        for (int at = text.IndexOf(NoTime, StringComparison.Ordinal); at >= 0; at = text.IndexOf(NoTime, at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] == '[' && at + NoTime.Length < text.Length && text[at + NoTime.Length] == ']')
                places.Add((new TextSpan(at, NoTime.Length), null, TimeSpan.Zero));
        }

        places.Sort((a, b) => a.Time.Start.CompareTo(b.Time.Start));
        var found = new List<CitedEvent>();
        int section = 0;
        foreach (var (time, moment, precision) in places)
        {
            while (section < sections.Count && sections[section].Body.End <= time.Start)
                section++;
            if (section == sections.Count || time.Start < sections[section].Body.Start)
                continue;
            if (Cite(text, sections[section], time, moment, precision) is { } cited)
                found.Add(cited);
        }

        return WithSaid(text, found, sections);
    }

    private static CitedEvent? Cite(string text, ChainSection section, TextSpan time, DateTime? moment, TimeSpan precision)
    {
        int open = time.Start;
        while (open > 0 && text[open - 1] is ' ' or '*' or '_' or '`')
            open--;
        bool isBracketed = open > 0 && text[open - 1] is '[' or '(' or '（' or '【' or '{' or '<';
        int nameEnd = isBracketed ? open - 1 : open;
        int line = text.LastIndexOf('\n', Math.Max(0, time.Start - 1)) + 1;
        line = Math.Max(line, section.Body.Start);
        if (nameEnd <= line)
            return null;
        var lead = NameIn(text, line, nameEnd, isWhole: true);
        bool isLead = section.IsExtraction && lead.Length > 0 && lead.Length <= LongestName && !text.AsSpan(lead.Start, lead.Length).ContainsAny(".;|") && (isBracketed || KnownAtEnd(text, lead) == lead.Start);
        var name = isLead ? lead : isBracketed ? NameIn(text, line, nameEnd, isWhole: false) : default;
        if (!isLead && name.Length > 0 && KnownAtEnd(text, name) is >= 0 and var known)
            name = TextSpan.Between(known, name.End);
        if (name.Length == 0 || name.Length > LongestName || !char.IsLetter(text[name.Start]))
            return null;
        int end = time.End;
        while (end < text.Length && text[end] is ' ' or ']' or ')' or '）' or '】' or '}' or '>' or '*' or '_' or '`' && text[end] != '\n')
            end++;
        while (end > time.End && text[end - 1] == ' ')
            end--;
        return new CitedEvent(name.Of(text).ToString(), moment, precision, TextSpan.Between(name.Start, end), isLead ? new TextSpan(end, 1) : default);
    }

    /// <summary>The name before the time: the whole line up to it, or the words since the last mark.</summary>
    private static TextSpan NameIn(string text, int line, int end, bool isWhole)
    {
        int start = line;
        if (!isWhole)
        {
            int mark = text.AsSpan(line, end - line).LastIndexOfAny(".;,:(\"");
            start = mark < 0 ? line : line + mark + 1;
        }

        while (start < end && (!char.IsLetterOrDigit(text[start]) || IsOrdinal(text, start, end)))
            start++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1]) && text[end - 1] != ')')
            end--;
        return TextSpan.Between(start, end);
    }

    private static bool IsOrdinal(string text, int at, int end)
    {
        int digits = at;
        while (digits < end && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits > at && digits < end && text[digits] is '.' or ')' or ' ';
    }

    /// <summary>Where an event's known name begins that ends a text; −1 where none does.</summary>
    private static int KnownAtEnd(string text, TextSpan name)
    {
        foreach (var known in _names)
        {
            if (name.Of(text).EndsWith(known, StringComparison.OrdinalIgnoreCase) && (name.Length == known.Length || !char.IsLetterOrDigit(text[name.End - known.Length - 1])))
                return name.End - known.Length;
        }

        return -1;
    }

    private static List<CitedEvent> WithSaid(string text, List<CitedEvent> found, IReadOnlyList<ChainSection> sections)
    {
        int section = sections.Count - 1, next = -1;
        for (int i = found.Count - 1; i >= 0; i--)
        {
            var cited = found[i];
            while (section > 0 && sections[section].Body.Start > cited.Span.Start)
            {
                section--;
                next = -1;
            }

            if (cited.Said.Length == 0)
                continue;
            int start = cited.Span.End, end = next < 0 ? sections[section].Body.End : next;
            while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is ':' or '：' or '-' or '–' or '—' or '*' or '_'))
                start++;
            found[i] = cited with { Said = TextSpan.Trimmed(text, start, end) };
            next = LineOf(text, cited.Span.Start);
        }

        return found;
    }

    private static int LineOf(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
}
