namespace EhrR1.Reasoning;

/// <summary>Recognises a teacher's bad habits; each is decided by counts, so a text of any length takes time in proportion to it.</summary>
internal static class ChainHabits
{
    private const int ShingleWords = 8;
    private const int LeastShingles = 60;
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

    // Of the runs of eight words three quarters have stood there before, or of those in the last third nine tenths: paths that
    // several items share are told more than once by good chains too.
    private static bool Repeats(ReadOnlySpan<ChainWord> words)
    {
        if (words.Length < LeastShingles)
            return false;
        int shingles = words.Length - ShingleWords + 1;
        var seen = new HashSet<ulong>(Math.Min(shingles, 4096));
        int tail = 0, tailRepeated = 0, tailLength = Math.Min(shingles, Math.Max(LeastShingles, shingles / 3));
        for (int i = 0; i < shingles; i++)
        {
            ulong hash = 0;
            for (int j = 0; j < ShingleWords; j++)
                hash = ChainWord.Join(hash, words[i + j].Hash);
            bool isNew = seen.Add(hash);
            if (i < shingles - tailLength)
                continue;
            tail++;
            tailRepeated += isNew ? 0 : 1;
        }

        return seen.Count * 4 < shingles || (tail >= LeastShingles && tailRepeated * 10 > tail * 9);
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
