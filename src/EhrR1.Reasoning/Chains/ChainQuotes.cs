namespace EhrR1.Reasoning;

/// <summary>Finds what a chain quotes from the record: numbers with the words before them, and texts in quotes or in type of their own.</summary>
internal static class ChainQuotes
{
    private const int MostNameWords = 8;
    private const int LongestQuote = 120;
    private static readonly (char Opens, char Closes)[] _quotes = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('`', '`'), ('‹', '›')];

    /// <summary>Adds what a place quotes.</summary>
    /// <param name="to">Receives it, in the order of the text.</param>
    /// <param name="text">The chain.</param>
    /// <param name="place">What is said of an event, or a sentence of the reasoning.</param>
    /// <param name="cited">The event's place among the cited ones, or −1.</param>
    /// <param name="times">The times of the chain.</param>
    /// <param name="words">The words of the chain.</param>
    public static void Add(List<QuotedItem> to, string text, TextSpan place, int cited, IReadOnlyList<TimeMention> times, ChainWord[] words)
    {
        int first = to.Count, behind = place.Start;
        foreach (var (number, value, unit) in ChainNumbers.Read(text, place, times, words))
        {
            var (item, isNamed) = NameBefore(text, Math.Max(behind, place.Start), number.Start, words);
            to.Add(new QuotedItem(cited, item, isNamed, number, value, unit));
            behind = unit.Length > 0 ? unit.End : number.End;
        }

        AddMarked(to, text, place, cited);
        to.Sort(first, to.Count - first, Comparer<QuotedItem>.Create((a, b) => Start(a).CompareTo(Start(b))));
    }

    private static int Start(QuotedItem item) => item.HasValue ? item.Number.Start : item.Item.Start;

    /// <summary>The words before a number, back to the last mark, without those that only lead to it.</summary>
    private static (TextSpan Item, bool IsNamed) NameBefore(string text, int from, int number, ChainWord[] words)
    {
        int mark = text.AsSpan(from, number - from).LastIndexOfAny(",;.\n|");
        int start = mark < 0 ? from : from + mark + 1;
        int last = ChainWord.FirstFrom(words, number) - 1, first = ChainWord.FirstFrom(words, start);
        int nameLast = last;
        var fillers = ChainRules.BuiltIn.FillerWords;
        while (nameLast >= first && fillers.Contains(words[nameLast].Hash))
            nameLast--;
        while (first <= nameLast && fillers.Contains(words[first].Hash))
            first++;
        if (first > nameLast || words[last].End > number)
            return (default, false);
        int nameFirst = Math.Max(first, nameLast - MostNameWords + 1);
        var between = text.AsSpan(words[nameLast].End, number - words[nameLast].End);
        // "Sodium 117", "Sodium: 117", "Sodium (117" and "Sodium = 117" name; "rose after the drip to 117" does not.
        bool isNamed = nameLast == last && nameLast - first < 4 && between.Trim(" )]%#*_`\"”") is "" or ":" or "=" or "(" or "：" or "（";
        return (TextSpan.Between(words[nameFirst].Start, words[nameLast].End), isNamed);
    }

    private static void AddMarked(List<QuotedItem> to, string text, TextSpan place, int cited)
    {
        for (int at = place.Start; at < place.End; at++)
        {
            int close = Closing(text, at, place.End, out int width);
            if (close < 0)
                continue;
            var inner = TextSpan.Trimmed(text, at + width, close);
            if (inner.Length > 1 && HasLetter(inner.Of(text)))
                to.Add(new QuotedItem(cited, inner, true, default, double.NaN, default));
            at = close + width - 1;
        }
    }

    private static int Closing(string text, int at, int end, out int width)
    {
        width = 1;
        char c = text[at];
        if (c == '*' && at + 1 < end && text[at + 1] == '*')
        {
            width = 2;
            int bold = text.AsSpan(at + 2, Math.Min(LongestQuote, end - at - 2)).IndexOf("**");
            return bold > 0 && text.AsSpan(at + 2, bold).IndexOf('\n') < 0 ? at + 2 + bold : -1;
        }

        foreach (var (opens, closes) in _quotes)
        {
            if (c != opens)
                continue;
            int found = text.AsSpan(at + 1, Math.Min(LongestQuote, end - at - 1)).IndexOf(closes);
            if (found > 0 && text.AsSpan(at + 1, found).IndexOf('\n') < 0)
                return at + 1 + found;
        }

        return -1;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsLetter(c))
                return true;
        }

        return false;
    }
}
