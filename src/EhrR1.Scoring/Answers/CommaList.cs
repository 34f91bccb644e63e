namespace EhrR1.Scoring;

/// <summary>Tells a line of several items between commas from one item that holds a comma ("Sodium, Whole Blood").</summary>
internal static class CommaList
{
    private const int LongestItem = 8;

    /// <summary>Splits a line into items where more than half of them are known.</summary>
    /// <param name="line">A line that is no known item as a whole.</param>
    /// <param name="known">Whether a text is a known item.</param>
    /// <returns>The items: pieces between commas or semicolons, joined again where the join is known, the longest first;
    /// <see langword="null"/> where the line stays one item.</returns>
    public static List<string>? Split(string line, Func<string, bool> known)
    {
        if (line.AsSpan().IndexOfAny(',', ';') < 0) return null;
        List<Range> pieces = PiecesOf(line);
        var items = new List<string>();
        int found = 0;
        for (int first = 0; first < pieces.Count;)
        {
            int last = Math.Min(first + LongestItem, pieces.Count) - 1;
            string item = ItemOf(line, pieces, first, last, known);
            while (last > first && !known(item)) item = ItemOf(line, pieces, first, --last, known);
            if (known(item)) found++;
            if (item.Length > 0) items.Add(item);
            first = last + 1;
        }

        return items.Count > 1 && found * 2 > items.Count ? items : null;
    }

    private static List<Range> PiecesOf(string line)
    {
        var pieces = new List<Range>();
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] is not (',' or ';')) continue;
            if (!line.AsSpan(start, i - start).IsWhiteSpace()) pieces.Add(start..i);
            start = i + 1;
        }

        return pieces;
    }

    private static string ItemOf(string line, List<Range> pieces, int first, int last, Func<string, bool> known)
    {
        string item = line[pieces[first].Start..pieces[last].End].Trim();
        return item.StartsWith("and ", StringComparison.OrdinalIgnoreCase) && !known(item) && known(item[4..].Trim()) ? item[4..].Trim() : item;
    }
}
