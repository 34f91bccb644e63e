using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Texts as UTF-8, each held once and numbered in the order of first sight; about 20 bytes a text beyond its own.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TextTable
{
    // Texts are never split over chunks, so a chunk's end may stay empty.
    private const int ChunkBits = 22;
    private const int ChunkBytes = 1 << ChunkBits;

    private readonly List<byte[]> _chunks = [];
    private long[] _starts = new long[256];
    private int[] _lengths = new int[256];
    private int[] _slots = new int[1024];
    private int _used = ChunkBytes;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            return _chunks[(int)(_starts[index] >> 32)].AsSpan((int)_starts[index], _lengths[index]);
        }
    }

    public string Text(int index) => Encoding.UTF8.GetString(this[index]);

    /// <summary>The number of a text, given to it now if it is new.</summary>
    public int Intern(string text)
    {
        Span<byte> small = stackalloc byte[512];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = most <= small.Length ? small : new byte[most];
        return Intern(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <inheritdoc cref="Intern(string)"/>
    public int Intern(ReadOnlySpan<byte> text)
    {
        int slot = SlotOf(text);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;
        Append(text);
        _slots[slot] = Count;
        if (Count > _slots.Length / 2)
            Grow();
        return Count - 1;
    }

    /// <summary>Forgets all texts, so that their memory is free for what comes.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _starts = new long[1];
        _lengths = new int[1];
        _slots = new int[2];
        _used = ChunkBytes;
        Count = 0;
    }

    /// <summary>The number of a text, or −1.</summary>
    public int Find(string text) => _slots[SlotOf(Encoding.UTF8.GetBytes(text))] - 1;

    /// <summary>The numbers in the order of the texts' bytes.</summary>
    public int[] Sorted() => TextOrder.Of(this);

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        ulong hash = (ulong)text.Length * Factor;
        for (; text.Length >= 8; text = text[8..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * Factor, 29);
        ulong last = 0;
        foreach (byte b in text)
            last = last << 8 | b;
        hash = (hash ^ last) * Factor;
        hash ^= hash >> 32;
        return (uint)(hash * Factor >> 32);
    }

    private int SlotOf(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hash(text) & mask;
        while (_slots[slot] != 0 && !this[_slots[slot] - 1].SequenceEqual(text))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_chunks.Count == 0 || text.Length > ChunkBytes - _used)
        {
            _chunks.Add(new byte[Math.Max(ChunkBytes, text.Length)]);
            _used = 0;
        }

        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        text.CopyTo(_chunks[^1].AsSpan(_used));
        _starts[Count] = (long)(_chunks.Count - 1) << 32 | (uint)_used;
        _lengths[Count++] = text.Length;
        _used = Math.Min(ChunkBytes, _used + text.Length);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            int slot = (int)Hash(this[i]) & (_slots.Length - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }
}
