using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>Shortens a record to what a chain cites of it.</summary>
public static class RecordExcerpt
{
    private const int ShortRecord = 60;
    private const int ShortEvent = 12;
    private const int TableHead = 2;
    private const int NamesShown = 6;

    /// <summary>The lines to show: of the cited events their headings, the lines with evidence, and all where there are few; all of a short record.</summary>
    /// <param name="input">The record.</param>
    /// <param name="evidence">What the chain cites.</param>
    /// <param name="isFull">Whether to show everything.</param>
    public static IReadOnlyList<ExcerptLine> Of(string input, IReadOnlyList<Evidence> evidence, bool isFull)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(evidence);
        TextSpan[] lines = [.. RecordLines.Of(input, new TextSpan(0, input.Length))];
        var isShown = new bool[lines.Length];
        var index = new InputIndex(input);
        if (isFull || lines.Length <= ShortRecord)
            isShown.AsSpan().Fill(true);
        else
            Choose(index, lines, evidence, isShown);
        var shown = new List<ExcerptLine>();
        for (int i = 0; i < lines.Length;)
        {
            if (isShown[i])
            {
                shown.Add(new ExcerptLine(i + 1, lines[i].Of(input).ToString(), false));
                i++;
                continue;
            }

            int end = i;
            while (end < lines.Length && !isShown[end])
                end++;
            shown.Add(new ExcerptLine(i + 1, GapText(index, input, lines, i, end), true));
            i = end;
        }

        return shown;
    }

    /// <summary>The number of the line, from 1, that a place stands in.</summary>
    public static int LineAt(string input, TextSpan place)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.AsSpan(0, place.Start).Count('\n') + 1;
    }

    private static void Choose(InputIndex index, TextSpan[] lines, IReadOnlyList<Evidence> evidence, bool[] isShown)
    {
        var wheres = evidence.Select(e => e.Where).OfType<TextSpan>().ToList();
        foreach (var known in index.Events)
        {
            var whole = TextSpan.Between(known.Heading.Start, known.Body.End);
            if (!wheres.Exists(w => whole.Holds(w)))
                continue;
            int first = At(lines, known.Heading.Start), last = At(lines, Math.Max(known.Heading.Start, known.Body.End - 1));
            bool isTable = known.Body.Length > 0 && index.Input[known.Body.Start] == '|';
            for (int i = first; i <= last; i++)
                isShown[i] |= last - first < ShortEvent || i == first || (isTable && i - first <= TableHead) || wheres.Exists(w => w.Start < lines[i].End && lines[i].Start < w.End);
        }
    }

    private static int At(TextSpan[] lines, int place)
    {
        int low = Array.BinarySearch(lines, new TextSpan(place, 0), Comparer<TextSpan>.Create((a, b) => a.Start.CompareTo(b.Start)));
        return low >= 0 ? low : ~low - 1;
    }

    private static string GapText(InputIndex index, string input, TextSpan[] lines, int first, int end)
    {
        var part = TextSpan.Between(lines[first].Start, lines[end - 1].End);
        string[] names = [.. index.Events.Where(e => part.Holds(e.Heading)).Select(e => e.Type.DisplayName).Distinct(StringComparer.Ordinal)];
        var of = names.Length == 0 ? "" : $": {string.Join(", ", names.Take(NamesShown))}{(names.Length > NamesShown ? ", …" : "")}";
        bool isBlank = part.Of(input).Trim().IsEmpty;
        return isBlank ? "" : string.Create(CultureInfo.InvariantCulture, $"… {end - first:#,0} line{(end - first == 1 ? "" : "s")}{of}");
    }
}
