using System.Buffers.Binary;

namespace EhrR1.Knowledge;

/// <summary>Puts the texts of a table in the order of their bytes, eight of them at a time as one number.</summary>
/// <remarks>Comparing millions of texts one with another waits for memory each time; numbers stand beside each other.</remarks>
internal static class TextOrder
{
    private const int KeyBytes = 8;

    // So few are compared as they are.
    private const int Few = 24;

    /// <summary>The numbers of the texts in order.</summary>
    public static int[] Of(TextTable texts)
    {
        var order = new int[texts.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Sort(texts, order, new ulong[order.Length], 0);
        return order;
    }

    /// <summary>Sorts texts whose first bytes are the same.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="order">Their numbers.</param>
    /// <param name="keys">Room for as many.</param>
    /// <param name="skip">How many bytes are the same, zeros standing for those beyond a text's end.</param>
    private static void Sort(TextTable texts, Span<int> order, Span<ulong> keys, int skip)
    {
        if (order.Length <= Few)
        {
            order.Sort((a, b) => texts[a].SequenceCompareTo(texts[b]));
            return;
        }

        int longest = 0;
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = Key(texts[order[i]], skip);
            longest = Math.Max(longest, texts[order[i]].Length);
        }

        keys.Sort(order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && keys[end] == keys[start];)
                end++;
            if (end - start == 1)
                continue;
            if (skip + KeyBytes < longest)
                Sort(texts, order[start..end], keys[start..end], skip + KeyBytes);
            else
                order[start..end].Sort((a, b) => texts[a].SequenceCompareTo(texts[b]));
        }
    }

    private static ulong Key(ReadOnlySpan<byte> text, int skip)
    {
        if (text.Length >= skip + KeyBytes)
            return BinaryPrimitives.ReadUInt64BigEndian(text[skip..]);
        Span<byte> padded = stackalloc byte[KeyBytes];
        padded.Clear();
        if (text.Length > skip)
            text[skip..].CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
