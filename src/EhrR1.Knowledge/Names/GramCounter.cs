using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Counts how many trigrams a text shares with a query, repetitions counted, in time linear in the text.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class GramCounter
{
    private ulong[] _keys = new ulong[512];
    private int[] _counts = new int[512];
    private int[] _left = new int[512];
    private ulong[] _grams = new ulong[256];
    private int _mask = 511;

    /// <summary>Takes the query's trigrams.</summary>
    public void Set(ReadOnlySpan<ulong> grams)
    {
        while (_keys.Length < grams.Length * 2)
        {
            _keys = new ulong[_keys.Length * 2];
            _counts = new int[_keys.Length];
            _left = new int[_keys.Length];
        }

        int size = 64;
        while (size < grams.Length * 2)
            size *= 2;
        _mask = size - 1;
        _counts.AsSpan(0, size).Clear();
        foreach (ulong gram in grams)
        {
            int slot = SlotOf(gram);
            _keys[slot] = gram;
            _counts[slot]++;
        }
    }

    /// <summary>How many trigrams a text shares with the query, or −1 as soon as it is sure that they are too few.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="least">How many there must be.</param>
    public int Shared(ReadOnlySpan<byte> utf8, int least)
    {
        _counts.AsSpan(0, _mask + 1).CopyTo(_left);
        if (Ascii.IsValid(utf8) && utf8.Length >= 3)
            return SharedOfAscii(utf8, least);
        if (_grams.Length <= utf8.Length)
            _grams = new ulong[utf8.Length * 2];
        int count = Trigrams.Read(utf8, _grams);
        int missing = count - least, shared = 0;
        foreach (ulong gram in _grams.AsSpan(0, count))
        {
            if (TakeOne(gram))
                shared++;
            else if (--missing < 0)
                return -1;
        }

        return shared;
    }

    /// <summary>The same without decoding: most names are ASCII.</summary>
    private int SharedOfAscii(ReadOnlySpan<byte> text, int least)
    {
        int missing = text.Length - 2 - least, shared = 0;
        ulong window = (ulong)text[0] << Trigrams.CodePointBits | text[1];
        foreach (byte point in text[2..])
        {
            window = (window << Trigrams.CodePointBits | point) & Trigrams.Mask;
            if (TakeOne(window))
                shared++;
            else if (--missing < 0)
                return -1;
        }

        return shared;
    }

    /// <summary>Takes one of the query's repetitions of a trigram, if one is left.</summary>
    private bool TakeOne(ulong gram)
    {
        ref int left = ref _left[SlotOf(gram)];
        if (left <= 0)
            return false;
        left--;
        return true;
    }

    private int SlotOf(ulong gram)
    {
        int slot = (int)(gram * 0x9E37_79B9_7F4A_7C15 >> 40) & _mask;
        while (_counts[slot] != 0 && _keys[slot] != gram)
            slot = (slot + 1) & _mask;
        return slot;
    }
}
