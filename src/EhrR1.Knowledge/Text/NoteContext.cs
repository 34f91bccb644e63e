namespace EhrR1.Knowledge;

/// <summary>Gives one mark to the windows of a note that a phrase of its rule stands before or behind.</summary>
/// <remarks>
/// <para>The idea is that of NegEx (Chapman et al., J Biomed Inform 2001) and ConText (Harkema et al., 2009): a phrase's
/// scope runs to the end of the sentence or to a phrase that ends it; phrases that only look like one come first.</para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
internal sealed class NoteContext(ContextRule rule, NoteWords words, ContextPhrases phrases)
{
    // Longer than any sentence that is one; it bounds the work on texts without full stops.
    private const int MostTokens = 120;

    /// <summary>Marks windows.</summary>
    /// <param name="tokens">The note's tokens.</param>
    /// <param name="windows">Its windows, in the order of their first tokens.</param>
    public void Mark(ReadOnlySpan<NoteToken> tokens, List<NoteWindow> windows)
    {
        if (windows.Count == 0)
            return;
        int floor = 0;
        for (int at = 0; at < tokens.Length;)
        {
            int length = phrases.Match(tokens, at, out var role);
            if (role.HasFlag(ContextRole.Before))
                MarkWindows(windows, at + length, ScopeEnd(tokens, at + length), behind: true);
            if (role.HasFlag(ContextRole.After) || role.HasFlag(ContextRole.AfterList))
                MarkWindows(windows, ScopeStart(tokens, at, floor, role.HasFlag(ContextRole.AfterList)), at, behind: false);
            if (role.HasFlag(ContextRole.Ends))
                floor = at + length;
            at += Math.Max(1, length);
        }
    }

    private int ScopeEnd(ReadOnlySpan<NoteToken> tokens, int start)
    {
        int most = Math.Min(tokens.Length, start + MostTokens);
        for (int at = start; at < most;)
        {
            int length = phrases.Match(tokens, at, out var role);
            bool ends = tokens[at].Kind switch
            {
                NoteTokenKind.End => true,
                NoteTokenKind.Colon => at > start,
                NoteTokenKind.LineEnd or NoteTokenKind.ItemEnd => at > start && !GoesOn(tokens[at - 1]),
                _ => role.HasFlag(ContextRole.Ends),
            };
            if (ends)
                return at;
            at += Math.Max(1, length);
        }

        return most;
    }

    private int ScopeStart(ReadOnlySpan<NoteToken> tokens, int end, int floor, bool overCommas)
    {
        int least = Math.Max(floor, end - MostTokens), passed = 0;
        for (int at = end - 1; at >= least; at--)
        {
            bool starts = tokens[at].Kind switch
            {
                NoteTokenKind.End or NoteTokenKind.Colon => true,
                NoteTokenKind.Comma => !overCommas && at < end - 1,
                NoteTokenKind.LineEnd or NoteTokenKind.ItemEnd => at > 0 && !GoesOn(tokens[at - 1]),
                _ => !overCommas && tokens[at].IsWord && ++passed > rule.AfterReach,
            };
            if (starts)
                return at + 1;
        }

        return least;
    }

    private bool GoesOn(NoteToken last) => last.Kind == NoteTokenKind.Comma || words.IsJoiner(last.Word);

    private void MarkWindows(List<NoteWindow> windows, int start, int end, bool behind)
    {
        // What stands before a phrase may begin before its scope; it ends in it. No window is longer than a sentence.
        int least = behind ? start : start - MostTokens, low = 0, high = windows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (windows[middle].First < least)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < windows.Count && windows[low].First < end; low++)
        {
            if (behind || (windows[low].Last >= start && windows[low].Last < end))
                windows[low].Marks |= rule.Mark;
        }
    }
}
