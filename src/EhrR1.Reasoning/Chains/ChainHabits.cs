namespace EhrR1.Reasoning;

/// <summary>Recognises a teacher's bad habits; each is decided by counts, so a text of any length takes time in proportion to it.</summary>
internal static class ChainHabits
{
    private const int LeastWords = 25;
    private const int LeastDifferent = 3;
    private const int FirstWords = 60;
    private const int EchoedEvents = 2;

    /// <summary>The habits of a text, apart from what its sections show.</summary>
    public static ChainFault Of(string text, ReadOnlySpan<ChainWord> words)
    {
        if (words.IsEmpty)
            return HasLetters(text) ? ChainFault.OtherLanguage : ChainFault.Empty;
        var faults = ChainFault.None;
        if (IsOtherLanguage(text, words))
            faults |= ChainFault.OtherLanguage;
        if (Repeats(words))
            faults |= ChainFault.Repetition;
        if (Refuses(words))
            faults |= ChainFault.Refusal;
        if (Echoes(text, words))
            faults |= ChainFault.PromptEcho;
        return faults;
    }

    /// <summary>Whether a text stops within a sentence.</summary>
    public static bool StopsShort(string text)
    {
        var end = text.AsSpan().TrimEnd();
        return end.IsEmpty || end[^1] is not ('.' or '!' or '?' or ')' or ']' or '"' or '”' or '*' or '`' or '。' or '|' or '>');
    }

    // Another script, or more of another language's commonest words than of English's.
    private static bool IsOtherLanguage(string text, ReadOnlySpan<ChainWord> words)
    {
        int letters = 0, foreign = 0;
        foreach (char c in text)
        {
            if (!char.IsLetter(c))
                continue;
            letters++;
            // Beyond Latin and Greek, whose letters stand in units.
            if (c > 0x3FF)
                foreign++;
        }

        if (foreign * 5 > letters)
            return true;
        if (words.Length < LeastWords)
            return false;
        var languages = ChainRules.BuiltIn.Languages;
        Span<int> counts = stackalloc int[languages.Count];
        Span<ulong> different = stackalloc ulong[languages.Count];
        foreach (var word in words)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                if (!languages[i].Contains(word.Hash))
                    continue;
                counts[i]++;
                different[i] |= 1UL << (int)(word.Hash >> 58);
            }
        }

        // Several different words: "no" a hundred times is no Portuguese.
        int most = 0;
        for (int i = 1; i < counts.Length; i++)
            most = Math.Max(most, System.Numerics.BitOperations.PopCount(different[i]) >= LeastDifferent ? counts[i] : 0);
        return most > counts[0] * 1.5 && most * 12 > words.Length;
    }

    // Counted over the whole text, and over its last third: what begins well may end in a loop.
    private static bool Repeats(ReadOnlySpan<ChainWord> words)
    {
        var rule = ChainRules.BuiltIn.Repetition;
        int runs = words.Length - rule.RunOfWords + 1;
        if (words.Length < rule.LeastRuns)
            return false;
        var seen = new HashSet<ulong>(Math.Min(runs, 4096));
        int tail = 0, tailRepeated = 0, tailLength = Math.Min(runs, Math.Max(rule.LeastRuns, runs / 3));
        for (int i = 0; i < runs; i++)
        {
            ulong hash = 0;
            for (int j = 0; j < rule.RunOfWords; j++)
                hash = ChainWord.Join(hash, words[i + j].Hash);
            bool isNew = seen.Add(hash);
            if (i < runs - tailLength)
                continue;
            tail++;
            tailRepeated += isNew ? 0 : 1;
        }

        return runs - seen.Count > runs * rule.RepeatedShare || (tail >= rule.LeastRuns && tailRepeated > tail * rule.RepeatedShareOfTheEnd);
    }

    private static bool Refuses(ReadOnlySpan<ChainWord> words)
    {
        int last = Math.Min(words.Length, FirstWords);
        for (int i = 0; i < last; i++)
        {
            if (ChainRules.BuiltIn.RefusalTable.Match(words, i, out _) > 0)
                return true;
        }

        return false;
    }

    // The prompt's words, or the record's own headings with tables under them.
    private static bool Echoes(string text, ReadOnlySpan<ChainWord> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (ChainRules.BuiltIn.EchoTable.Match(words, i, out _) > 0)
                return true;
        }

        int tables = 0;
        for (int at = text.IndexOf("| ------ |", StringComparison.Ordinal); at >= 0 && tables < EchoedEvents; at = text.IndexOf("\n| ------ |", at + 1, StringComparison.Ordinal))
            tables++;
        return tables >= EchoedEvents;
    }

    private static bool HasLetters(string text)
    {
        foreach (char c in text)
        {
            if (char.IsLetter(c))
                return true;
        }

        return false;
    }
}
