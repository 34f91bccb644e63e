using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Finds the headings of a note.</summary>
/// <remarks>
/// <para>A heading stands at the start of a line, or behind three blanks, before a colon, or alone on its line with a capital.
/// A line that no rule knows, with a colon at its end and a blank line above, ends a section that marks its mentions.</para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
internal sealed class NoteHeadings
{
    private const int MostLength = 60;

    private readonly Dictionary<string, SectionRule> _rules = new(StringComparer.Ordinal);

    public NoteHeadings(NoteRules rules)
    {
        foreach (var rule in rules.Sections)
        {
            _rules.Add(NameIndex.Fold(rule.Heading), rule);
            foreach (var also in rule.Also)
                _rules.Add(also, rule);
        }
    }

    /// <summary>The headings of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">The same in lower case.</param>
    public List<NoteHeading> Find(string text, string folded)
    {
        var headings = new List<NoteHeading>();
        bool afterBlank = true;
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            FindInLine(text, folded, start, end, headings, afterBlank);
            afterBlank = text.AsSpan(start, end - start).IsWhiteSpace();
            start = end + 1;
        }

        return headings;
    }

    private void FindInLine(string text, string folded, int start, int end, List<NoteHeading> headings, bool afterBlank)
    {
        bool whole = true;
        for (int at = start; at < end; whole = false)
        {
            while (at < end && (char.IsWhiteSpace(text[at]) || text[at] is '#' or '*' or '='))
                at++;
            if (at == end)
                return;
            if (Read(text, folded, at, end, whole) is { } heading)
                headings.Add(heading);
            else if (whole && afterBlank && headings.Count > 0 && headings[^1].Mark != MentionMarks.None && UnknownHeading(text, at, end) is { } unknown)
                headings.Add(unknown);
            at = BehindThreeBlanks(text, at, end);
        }
    }

    private NoteHeading? Read(string text, string folded, int at, int end, bool whole)
    {
        var line = folded.AsSpan(at, Math.Min(end - at, MostLength));
        int colon = line.IndexOf(':');
        if (colon < 0 && (!whole || end - at > MostLength || !char.IsUpper(text[at])))
            return null;
        int length = colon < 0 ? line.Length : colon;
        var title = line[..length].Trim();
        int bracket = title.IndexOf('(');
        if (!_rules.TryGetValue(Squeezed(title), out var rule) && (bracket < 0 || !_rules.TryGetValue(Squeezed(title[..bracket].Trim()), out rule)))
            return null;
        return new NoteHeading(at, at + length + (colon < 0 ? 0 : 1), rule.Heading, rule.Mark);
    }

    private static NoteHeading? UnknownHeading(string text, int at, int end)
    {
        var title = text.AsSpan(at, end - at).TrimEnd();
        return title.Length <= MostLength && char.IsUpper(title[0]) && title[^1] == ':'
            ? new NoteHeading(at, at + title.Length, title[..^1].TrimEnd().ToString(), MentionMarks.None)
            : null;
    }

    private static int BehindThreeBlanks(string text, int at, int end)
    {
        int blanks = 0;
        for (; at < end; at++)
        {
            bool blank = char.IsWhiteSpace(text[at]);
            if (!blank && blanks >= 3)
                return at;
            blanks = blank ? blanks + 1 : 0;
        }

        return end;
    }

    private static string Squeezed(ReadOnlySpan<char> title)
    {
        var squeezed = new StringBuilder(title.Length);
        foreach (var part in title.Split(' '))
        {
            if (title[part].IsEmpty)
                continue;
            if (squeezed.Length > 0)
                squeezed.Append(' ');
            squeezed.Append(title[part]);
        }

        return squeezed.ToString();
    }
}
