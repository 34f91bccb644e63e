using System.Globalization;

namespace EhrR1.Knowledge;

/// <summary>Cuts a note into words, marks and ends of lines, items and sentences.</summary>
/// <remarks>
/// <para>Notes are wrapped by hand: the end of a line is a blank where the line is long, or goes on in lower case; a blank
/// line, a list's marker, three blanks and a removed identifier (<c>___</c>) are ends.</para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
internal sealed class NoteTokenizer(NoteWords words)
{
    // Lines of discharge summaries are wrapped at 60 to 80 characters; a list's items are shorter.
    private const int ShortLine = 50;
    private const int WideGap = 3;

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">The same in lower case.</param>
    /// <param name="headings">Its headings; each is an end.</param>
    public List<NoteToken> Read(string text, string folded, IReadOnlyList<NoteHeading> headings)
    {
        var tokens = new List<NoteToken>(text.Length / 5);
        int at = Marker(text, 0), line = 0, heading = 0;
        while (at < text.Length)
        {
            if (heading < headings.Count && at >= headings[heading].Start)
            {
                tokens.Add(new NoteToken(headings[heading].Start, headings[heading].End - headings[heading].Start, NoteTokenKind.End, 0));
                at = headings[heading++].End;
            }
            else if (char.IsWhiteSpace(text[at]))
            {
                at = ReadGap(text, at, ref line, tokens);
            }
            else
            {
                var (length, kind) = PointLength(text, at) is > 0 and var first ? ReadWord(text, at, first) : ReadMark(text, at, tokens);
                tokens.Add(new NoteToken(at, length, kind, words.Vocabulary.Find(folded.AsSpan(at, length))));
                at += length;
            }
        }

        return tokens;
    }

    private static int ReadGap(string text, int at, ref int line, List<NoteToken> tokens)
    {
        int start = at, newlines = 0;
        int lineLength = at - line;
        for (; at < text.Length && char.IsWhiteSpace(text[at]); at++)
        {
            if (text[at] == '\n')
            {
                newlines++;
                line = at + 1;
            }
        }

        int behind = newlines > 0 ? Marker(text, at) : at;
        NoteTokenKind? kind = newlines switch
        {
            0 => at - start >= WideGap ? NoteTokenKind.End : null,
            1 when behind == at => lineLength >= ShortLine || at == text.Length ? null : char.IsLower(text[at]) ? NoteTokenKind.LineEnd : NoteTokenKind.ItemEnd,
            _ => NoteTokenKind.End,
        };
        if (kind is { } end)
            tokens.Add(new NoteToken(start, 0, end, 0));
        return behind;
    }

    /// <summary>Where a list's marker at the start of a line ends, or the place itself.</summary>
    private static int Marker(string text, int at)
    {
        int end = at;
        while (end < text.Length && text[end] is '-' or '*' or '#' or '•' or '+' or '>' or '–')
            end++;
        if (end > at)
            return end == text.Length || char.IsWhiteSpace(text[end]) || char.IsLetter(text[end]) ? end : at;
        while (end < text.Length && end - at < 2 && char.IsAsciiDigit(text[end]))
            end++;
        return end > at && end + 1 < text.Length && text[end] is '.' or ')' && char.IsWhiteSpace(text[end + 1]) ? end + 1 : at;
    }

    private static (int Length, NoteTokenKind Kind) ReadWord(string text, int start, int first)
    {
        bool number = char.IsDigit(text[start]);
        int at = start + first;
        while (at < text.Length)
        {
            int length = PointLength(text, at);
            if (length == 0)
            {
                // An apostrophe between letters, a point or a comma between digits.
                bool joins = at + 1 < text.Length && (text[at] is '\'' or '’' ? !number && char.IsLetter(text[at + 1]) : number && text[at] is '.' or ',' && char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1]));
                if (!joins)
                    break;
                length = 1;
            }
            else if (!char.IsDigit(text[at]))
            {
                number = false;
            }

            at += length;
        }

        return (at - start, number ? NoteTokenKind.Number : NoteTokenKind.Word);
    }

    private (int Length, NoteTokenKind Kind) ReadMark(string text, int at, List<NoteToken> tokens)
    {
        char mark = text[at];
        bool blankBefore = at == 0 || char.IsWhiteSpace(text[at - 1]), blankBehind = at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]);
        int run = text.AsSpan(at).IndexOfAnyExcept(mark);
        if (run < 0)
            run = text.Length - at;
        return mark switch
        {
            '_' => (run, run > 1 ? NoteTokenKind.End : NoteTokenKind.Mark),
            '.' when run > 1 => (run, NoteTokenKind.End),
            '.' => (1, EndsSentence(text, at, blankBehind, tokens) ? NoteTokenKind.End : NoteTokenKind.Joint),
            ',' => (1, NoteTokenKind.Comma),
            ':' => (1, NoteTokenKind.Colon),
            ';' or '!' => (1, NoteTokenKind.End),
            '?' => (1, blankBehind && !blankBefore ? NoteTokenKind.End : NoteTokenKind.Mark),
            '/' when run == 2 => (2, NoteTokenKind.Mark),
            '-' or '–' or '—' or '‐' or '‑' or '/' or '+' or '&' => (run, run > 1 || (blankBefore && blankBehind && mark is not '+' and not '&') ? NoteTokenKind.Mark : NoteTokenKind.Joint),
            '(' or ')' or '[' or ']' or '\'' or '’' or '%' => (1, NoteTokenKind.Joint),
            _ => (char.IsHighSurrogate(mark) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1, NoteTokenKind.Mark),
        };
    }

    private bool EndsSentence(string text, int at, bool blankBehind, List<NoteToken> tokens)
    {
        if (!blankBehind)
            return at + 2 < text.Length && at > 0 && (text[at + 1] is '"' or ')' || (char.IsLower(text[at - 1]) && char.IsUpper(text[at + 1]) && char.IsLower(text[at + 2])));
        return at + 1 == text.Length || tokens.Count == 0 || tokens[^1] is not { Kind: NoteTokenKind.Word } last || last.End != at || (last.Length > 1 && !words.IsAbbreviation(last.Word));
    }

    /// <summary>How many UTF-16 characters the letter, mark on a letter, or digit at a place has; 0 where there is none.</summary>
    private static int PointLength(string text, int at)
    {
        if (char.IsAscii(text[at]))
            return char.IsAsciiLetterOrDigit(text[at]) ? 1 : 0;
        bool isWord = char.GetUnicodeCategory(text, at) is <= UnicodeCategory.DecimalDigitNumber;
        return !isWord ? 0 : char.IsHighSurrogate(text[at]) ? 2 : 1;
    }
}
