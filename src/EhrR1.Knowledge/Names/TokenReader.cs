namespace EhrR1.Knowledge;

/// <summary>Turns a text into the ranks of its trigrams, rarest first, and their signature; holds its buffers for the next text.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TokenReader
{
    private ulong[] _grams = new ulong[256];
    private int[] _ranks = new int[256];

    /// <summary>How many trigrams the text has.</summary>
    public int Count { get; private set; }

    /// <summary>The trigrams, in the order of their numbers.</summary>
    public ReadOnlySpan<ulong> Grams => _grams.AsSpan(0, Count);

    /// <summary>The ranks in ascending order; −1 for each that the index does not have.</summary>
    public ReadOnlySpan<int> Ranks => _ranks.AsSpan(0, Count);

    /// <summary>The signature of the trigrams.</summary>
    public NameSignature Signature { get; private set; }

    /// <summary>Reads the trigrams of a text and sorts them.</summary>
    public void ReadGrams(ReadOnlySpan<byte> utf8)
    {
        if (_grams.Length <= utf8.Length)
        {
            _grams = new ulong[utf8.Length * 2];
            _ranks = new int[utf8.Length * 2];
        }

        Count = Trigrams.Read(utf8, _grams);
        _grams.AsSpan(0, Count).Sort();
    }

    /// <summary>Reads a text and looks its trigrams up.</summary>
    public void Read(ReadOnlySpan<byte> utf8, TokenLookup tokens)
    {
        ReadGrams(utf8);
        var signature = default(NameSignature);
        int repetition = 0;
        for (int i = 0; i < Count; i++)
        {
            repetition = i > 0 && _grams[i] == _grams[i - 1] ? repetition + 1 : 1;
            ulong hash = Trigrams.Hash(_grams[i], repetition);
            signature = signature.With(hash);
            _ranks[i] = tokens.RankOf(_grams[i], repetition, hash);
        }

        Signature = signature;
        _ranks.AsSpan(0, Count).Sort();
    }
}
