namespace EhrR1.Knowledge;

/// <summary>Chooses among windows that overlap, as QuickUMLS does: the best first, then each that overlaps none chosen before.</summary>
internal static class BestWindows
{
    /// <summary>The chosen windows, in the order of the text.</summary>
    /// <param name="windows">All windows; they are put into the order of their rank.</param>
    /// <param name="tokens">How many tokens the note has.</param>
    /// <param name="criterion">What makes a window better.</param>
    public static List<NoteWindow> Of(List<NoteWindow> windows, int tokens, OverlapCriterion criterion)
    {
        windows.Sort((a, b) => Compare(a, b, criterion));
        var taken = new bool[tokens];
        var chosen = new List<NoteWindow>();
        foreach (var window in windows)
        {
            // A window has few tokens.
            var place = taken.AsSpan(window.First, window.Last - window.First + 1);
            if (place.Contains(true))
                continue;
            place.Fill(true);
            chosen.Add(window);
        }

        chosen.Sort(static (a, b) => a.First.CompareTo(b.First));
        return chosen;
    }

    /// <summary>Puts windows into the order of the text, those that start together into that of their rank.</summary>
    public static void Sort(List<NoteWindow> windows, OverlapCriterion criterion) =>
        windows.Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First) : Compare(a, b, criterion));

    private static int Compare(NoteWindow a, NoteWindow b, OverlapCriterion criterion)
    {
        int similarity = b.Similarity.CompareTo(a.Similarity), length = b.Length.CompareTo(a.Length);
        var (first, second) = criterion == OverlapCriterion.Length ? (length, similarity) : (similarity, length);
        return first != 0 ? first : second != 0 ? second : a.First.CompareTo(b.First);
    }
}
