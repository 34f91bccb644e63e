using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Counts how many trigrams a text shares with a query, repetitions counted, in time linear in the text.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class GramCounter
{
    // No three code points have this number.
    private const ulong None = ulong.MaxValue;
    private const int LeastSlots = 64;

    private Slot[] _slots = new Slot[LeastSlots];
    private ulong[] _grams = new ulong[256];
    private int _mask;
    private int _text;

    /// <summary>Takes the query's trigrams.</summary>
    public void Set(ReadOnlySpan<ulong> grams)
    {
        int size = LeastSlots;
        while (size < grams.Length * 4)
            size *= 2;
        if (_slots.Length < size)
            _slots = new Slot[size];
        _slots.AsSpan(0, size).Fill(new Slot { Gram = None });
        _mask = size - 1;
        _text = 0;
        foreach (ulong gram in grams)
        {
            ref var slot = ref _slots[SlotOf(gram)];
            slot.Gram = gram;
            slot.Count++;
        }
    }

    /// <summary>How many trigrams a text shares with the query, or −1 as soon as it is sure that they are too few.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="least">How many there must be.</param>
    public int Shared(ReadOnlySpan<byte> utf8, int least)
    {
        _text++;
        if (utf8.Length >= 3 && Ascii.IsValid(utf8))
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

    /// <summary>Takes one of the query's repetitions of a trigram, if this text left one.</summary>
    private bool TakeOne(ulong gram)
    {
        ref var slot = ref _slots[SlotOf(gram)];
        if (slot.Text != _text)
        {
            slot.Text = _text;
            slot.Left = slot.Count;
        }

        return --slot.Left >= 0;
    }

    private int SlotOf(ulong gram)
    {
        int at = (int)(gram * 0x9E37_79B9_7F4A_7C15 >> 40) & _mask;
        while (_slots[at].Gram != gram && _slots[at].Gram != None)
            at = (at + 1) & _mask;
        return at;
    }

    /// <summary>A trigram of the query, how often the query has it, and how often the text read last has left it.</summary>
    private struct Slot
    {
        public ulong Gram;
        public int Count;
        public int Text;
        public int Left;
    }
}
