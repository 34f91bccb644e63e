namespace EhrR1.Knowledge;

/// <summary>Finds the rank of a trigram's repetition: 0 is the rarest of the index.</summary>
/// <remarks>Open addressing over flat arrays that can be written to a file as they are.</remarks>
internal readonly ref struct TokenLookup(ReadOnlySpan<ulong> grams, ReadOnlySpan<ushort> repetitions, ReadOnlySpan<int> slots)
{
    private readonly ReadOnlySpan<ulong> _grams = grams;
    private readonly ReadOnlySpan<ushort> _repetitions = repetitions;
    private readonly ReadOnlySpan<int> _slots = slots;

    /// <summary>Fills the slots for tokens in the order of their ranks.</summary>
    public static int[] Slots(ReadOnlySpan<ulong> grams, ReadOnlySpan<ushort> repetitions)
    {
        int size = 16;
        while (size < grams.Length * 2L)
            size *= 2;
        var slots = new int[size];
        for (int i = 0; i < grams.Length; i++)
        {
            int slot = (int)Trigrams.Hash(grams[i], repetitions[i]) & (size - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & (size - 1);
            slots[slot] = i + 1;
        }

        return slots;
    }

    /// <summary>The rank, or −1 for what no name of the index has.</summary>
    /// <param name="gram">The trigram.</param>
    /// <param name="repetition">Which of its repetitions, from 1.</param>
    /// <param name="hash"><see cref="Trigrams.Hash"/> of both.</param>
    public int RankOf(ulong gram, int repetition, ulong hash)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int rank = _slots[slot] - 1;
            if (_grams[rank] == gram && _repetitions[rank] == repetition)
                return rank;
        }

        return -1;
    }
}
