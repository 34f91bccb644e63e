using System.Buffers.Binary;
using System.Text;

namespace EhrR1.Charts;

/// <summary>Turns a column's UTF-8 into strings and shares equal ones, so that a repeated name is made and kept once.</summary>
internal sealed class TextPool
{
    private const int MaxLength = 96;
    private const int Slots = 4096;
    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Slots];

    /// <summary>The string of some bytes: one seen before, where there is one.</summary>
    public string Shared(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            return Encoding.UTF8.GetString(bytes);
        ref var slot = ref _slots[SlotOf(bytes)];
        if (slot.Text is not null && bytes.SequenceEqual(slot.Bytes))
            return slot.Text;
        slot = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
        return slot.Text;
    }

    // The ends and the length tell names apart well enough; a clash only costs a new string.
    private static int SlotOf(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * 0x9E3779B97F4A7C15;
        if (bytes.Length >= 8)
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            hash *= 0xFF51AFD7ED558CCD;
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
            hash = (hash * 0xC4CEB9FE1A85EC53) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[((bytes.Length - 8) / 2)..]);
        }
        else
        {
            foreach (var b in bytes)
                hash = (hash ^ b) * 0x100000001B3;
        }

        hash ^= hash >> 32;
        hash *= 0xFF51AFD7ED558CCD;
        return (int)(hash >> 52);
    }
}
