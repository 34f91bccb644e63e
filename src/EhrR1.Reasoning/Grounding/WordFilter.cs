namespace EhrR1.Reasoning;

/// <summary>Tells quickly that a text does not hold a word: most names of an event are not said of it.</summary>
/// <remarks>A Bloom filter of one hash in 256 bits. A name that begins within a word of the text would be missed, and must not be found either.</remarks>
internal readonly record struct WordFilter
{
    private readonly ulong _a, _b, _c, _d;

    private WordFilter(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The words of a place of a chain.</summary>
    public static WordFilter Of(ReadOnlySpan<ChainWord> words, TextSpan place)
    {
        ulong a = 0, b = 0, c = 0, d = 0;
        for (int i = ChainWord.FirstFrom(words, place.Start); i < words.Length && words[i].Start < place.End; i++)
        {
            ulong bit = BitOf(words[i].Hash);
            switch (PartOf(words[i].Hash))
            {
                case 0:
                    a |= bit;
                    break;
                case 1:
                    b |= bit;
                    break;
                case 2:
                    c |= bit;
                    break;
                default:
                    d |= bit;
                    break;
            }
        }

        return new WordFilter(a, b, c, d);
    }

    /// <summary>Whether a word may be there; always so for 0, which stands for no word.</summary>
    public bool MayHold(ulong word) => word == 0 || (BitOf(word) & (PartOf(word) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d })) != 0;

    private static ulong BitOf(ulong hash) => 1UL << (int)(hash >> 58);

    private static int PartOf(ulong hash) => (int)(hash >> 56) & 3;
}
