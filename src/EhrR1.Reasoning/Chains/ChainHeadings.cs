namespace EhrR1.Reasoning;

/// <summary>Finds the lines that head sections, however they are dressed: hashes of any number, bold type, numbers, a colon with the content behind it.</summary>
internal sealed class ChainHeadings
{
    /// <summary>The level of a heading in bold type.</summary>
    public const int Bold = 7;

    /// <summary>The level of a heading without any mark.</summary>
    public const int Bare = 8;

    private const int LongestTitle = 80;
    private const int HeadOfLine = 160;

    private readonly Dictionary<string, ChainSectionRule>.AlternateLookup<ReadOnlySpan<char>> _own;
    private readonly Dictionary<string, ChainSectionRule>.AlternateLookup<ReadOnlySpan<char>> _all;

    public ChainHeadings(ChainTemplate template)
    {
        var own = new Dictionary<string, ChainSectionRule>(StringComparer.OrdinalIgnoreCase);
        var all = new Dictionary<string, ChainSectionRule>(StringComparer.OrdinalIgnoreCase);
        Add(own, template);
        foreach (var other in ChainTemplates.All)
            Add(all, other);
        _own = own.GetAlternateLookup<ReadOnlySpan<char>>();
        _all = all.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The headings of a part of a text.</summary>
    public List<ChainHeading> Find(string text, TextSpan part)
    {
        var found = new List<ChainHeading>();
        for (int start = part.Start; start < part.End;)
        {
            int length = text.AsSpan(start, part.End - start).IndexOf('\n');
            int end = length < 0 ? part.End : start + length;
            if (Read(text, start, end) is { } heading)
                found.Add(heading);
            start = end + 1;
        }

        // Subheadings are no sections: those deeper than the template's own.
        int level = found.Where(h => h.Rule is not null).Select(h => h.Level).DefaultIfEmpty(found.Select(h => h.Level).DefaultIfEmpty(0).Min()).Min();
        found.RemoveAll(h => h.Rule is null && h.Level > level);
        return found;
    }

    /// <summary>Whether a title is one of another template's.</summary>
    public bool IsOfOtherTemplate(string name) => _all.ContainsKey(name) && !_own.ContainsKey(name);

    private ChainHeading? Read(string text, int start, int end)
    {
        int at = start, limit = Math.Min(end, start + HeadOfLine);
        while (at < limit && (char.IsWhiteSpace(text[at]) || text[at] == '>'))
            at++;
        if (at == limit || text[at] is '|' or '`' or '<')
            return null;
        int hashes = 0;
        while (at < limit && text[at] == '#')
            (hashes, at) = (hashes + 1, at + 1);
        bool isBullet = hashes == 0 && at + 1 < limit && text[at] is '-' or '•' or '+' or '*' && text[at + 1] == ' ';
        int level = hashes > 0 ? Math.Min(hashes, 6) : text.AsSpan(at, limit - at) is ['*', '*', ..] or ['_', '_', ..] ? Bold : Bare;
        at = SkipMarks(text, at, limit);
        int titleEnd = TitleEnd(text, at, limit);
        var title = text.AsSpan(at, titleEnd - at).Trim(" \t\r*_#:：】]").TrimEnd();
        if (title.IsEmpty || title.Length > LongestTitle)
            return null;
        int behind = SkipMarksBehind(text, titleEnd, end);
        bool isAlone = behind == end || text.AsSpan(behind, end - behind).IsWhiteSpace();
        var span = TextSpan.Trimmed(text, start, isAlone ? end : behind);
        bool hasColon = text.AsSpan(titleEnd, behind - titleEnd).ContainsAny(':', '：') || (titleEnd > at && text[titleEnd - 1] is ':' or '：');
        if (_own.TryGetValue(title, out var rule) && !rule.IsWording && (isAlone || hasColon || level <= Bold))
            return new ChainHeading(level, rule, rule.Title, span, isAlone ? Math.Min(end + 1, text.Length) : behind);
        bool isOther = _all.TryGetValue(title, out var other) && !other.IsWording && (isAlone || hasColon);
        if (isBullet || (!isOther && (level == Bare || !isAlone)) || title.IndexOfAny('[', '|') >= 0)
            return null;
        return new ChainHeading(isOther ? Math.Min(level, hashes > 0 ? level : 1) : level, null, title.ToString(), span, isAlone ? Math.Min(end + 1, text.Length) : behind);
    }

    /// <summary>Where a title ends: at a colon, at the closing of its bold type, or with the line.</summary>
    private static int TitleEnd(string text, int at, int limit)
    {
        for (int i = at; i < limit; i++)
        {
            if (text[i] is ':' or '：' or '】' || (text[i] is '*' or '_' && i + 1 < limit && text[i + 1] == text[i]))
                return i;
        }

        return limit;
    }

    private static int SkipMarks(string text, int at, int limit)
    {
        while (at < limit && (char.IsWhiteSpace(text[at]) || text[at] is '*' or '_' or '-' or '•' or '+' or '【' or '['))
            at++;
        int digits = at;
        if (text.AsSpan(at, limit - at).StartsWith("Step ", StringComparison.OrdinalIgnoreCase))
            digits = at + 5;
        else if (at < limit && text[at] == '(')
            digits++;
        int end = digits;
        while (end < limit && end - digits < 2 && char.IsAsciiDigit(text[end]))
            end++;
        if (end == digits)
            end = Roman(text, digits, limit);
        if (end > digits && end < limit && text[end] is '.' or ')' or ':')
        {
            at = end + 1;
            while (at < limit && (char.IsWhiteSpace(text[at]) || text[at] is '*' or '_'))
                at++;
        }

        return at;
    }

    private static int Roman(string text, int at, int limit)
    {
        int end = at;
        while (end < limit && end - at < 3 && text[end] is 'I' or 'V')
            end++;
        return end;
    }

    private static int SkipMarksBehind(string text, int at, int end)
    {
        while (at < end && (char.IsWhiteSpace(text[at]) || text[at] is '*' or '_' or ':' or '：' or '#' or '】' or ']'))
            at++;
        return at;
    }

    private static void Add(Dictionary<string, ChainSectionRule> to, ChainTemplate template)
    {
        foreach (var section in template.Sections)
        {
            foreach (var title in section.Titles)
                to.TryAdd(title, section);
        }
    }
}
