using System.Runtime.CompilerServices;

namespace EhrR1.Knowledge;

/// <summary>Where concepts stand in a list: a hash table that stays in the processor's cache, because a search reaches few concepts of many.</summary>
/// <remarks>Linear probing at a load of at most one half. Not thread-safe; used again and again.</remarks>
internal sealed class ConceptPlaces
{
    private const int LeastBits = 15;

    // The concept's number and one more in the upper half, its place in the lower; 0 is free.
    private ulong[] _slots = new ulong[1 << LeastBits];
    private int _bits = LeastBits;
    private int _count;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _slots.AsSpan(0, 1 << _bits).Clear();
        _bits = LeastBits;
        _count = 0;
    }

    /// <summary>The place of a concept, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int concept)
    {
        ulong slot = _slots[SlotOf(concept)];
        return slot == 0 ? -1 : (int)slot;
    }

    /// <summary>The place of a concept, or −1 where it had none and has the given one now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(int concept, int place)
    {
        ref ulong slot = ref _slots[SlotOf(concept)];
        if (slot != 0)
            return (int)slot;
        slot = Slot(concept, place);
        if (++_count > 1 << (_bits - 1))
            Grow();
        return -1;
    }

    private static ulong Slot(int concept, int place) => ((ulong)(uint)concept + 1) << 32 | (uint)place;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int concept)
    {
        var slots = _slots;
        int mask = (1 << _bits) - 1;
        int at = (int)((uint)concept * 0x9E37_79B1 >> (32 - _bits));
        ulong key = (ulong)(uint)concept + 1;
        while (true)
        {
            ulong slot = slots[at];
            if (slot == 0 || slot >> 32 == key)
                return at;
            at = (at + 1) & mask;
        }
    }

    private void Grow()
    {
        var held = _slots.AsSpan(0, 1 << _bits).ToArray();
        _slots.AsSpan(0, held.Length).Clear();
        _bits++;
        if (_slots.Length < 1 << _bits)
            _slots = new ulong[1 << _bits];
        foreach (ulong slot in held)
        {
            if (slot != 0)
                _slots[SlotOf((int)(slot >> 32) - 1)] = slot;
        }
    }
}
