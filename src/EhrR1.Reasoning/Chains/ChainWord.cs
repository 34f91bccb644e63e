namespace EhrR1.Reasoning;

/// <summary>A word of a text: a run of letters and digits, with a hash of it in lower case.</summary>
/// <remarks>Words are compared by 64-bit hashes: among the millions of phrases of a run a false match is less likely than a fault of the memory.</remarks>
internal readonly record struct ChainWord(ulong Hash, int Start, int Length)
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public int End => Start + Length;

    /// <summary>The words of a text.</summary>
    public static ChainWord[] Read(ReadOnlySpan<char> text, int offset = 0)
    {
        var words = new List<ChainWord>((text.Length / 5) + 4);
        int at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            ulong hash = Seed;
            for (; at < text.Length && char.IsLetterOrDigit(text[at]); at++)
                hash = (hash ^ Lower(text[at])) * Prime;
            words.Add(new ChainWord(hash, offset + start, at - start));
        }

        return [.. words];
    }

    /// <summary>The hash of a text's first word; 0 where it has none.</summary>
    public static ulong FirstHash(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        if (at == text.Length)
            return 0;
        ulong hash = Seed;
        for (; at < text.Length && char.IsLetterOrDigit(text[at]); at++)
            hash = (hash ^ Lower(text[at])) * Prime;
        return hash;
    }

    /// <summary>The hash of a phrase that a word is added to.</summary>
    public static ulong Join(ulong phrase, ulong word) => (System.Numerics.BitOperations.RotateLeft(phrase, 23) ^ word) * Prime;

    /// <summary>The hash of a whole phrase.</summary>
    public static ulong PhraseHash(ReadOnlySpan<char> phrase)
    {
        ulong hash = 0;
        foreach (var word in Read(phrase))
            hash = Join(hash, word.Hash);
        return hash;
    }

    /// <summary>The place of the first word that starts at or after a place of the text.</summary>
    public static int FirstFrom(ReadOnlySpan<ChainWord> words, int start)
    {
        int low = 0, high = words.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (words[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static ulong Lower(char c) => char.IsAsciiLetterUpper(c) ? (ulong)(c | 0x20) : c < 128 ? c : char.ToLowerInvariant(c);
}
