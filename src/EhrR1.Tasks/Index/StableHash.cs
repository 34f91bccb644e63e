namespace EhrR1.Tasks;

/// <summary>A 64-bit hash that is the same on every machine and in every version: the source of ids, splits and draws.</summary>
/// <remarks>FNV-1a over the parts, finished by the mixing of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), without which neighbouring ids would fall together.</remarks>
public struct StableHash
{
    private const ulong Prime = 0x100000001B3UL;
    private ulong _state;

    /// <summary>Begins with a seed.</summary>
    public StableHash(long seed)
    {
        _state = 0xCBF29CE484222325UL;
        Add(seed);
    }

    /// <summary>SplitMix64's step: neighbouring numbers come out far apart.</summary>
    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long value)
    {
        for (var shift = 0; shift < 64; shift += 8)
            _state = (_state ^ (byte)(value >> shift)) * Prime;
    }

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _state = (_state ^ (byte)c) * Prime;
            _state = (_state ^ (byte)(c >> 8)) * Prime;
        }

        // The length keeps ("ab", "c") apart from ("a", "bc").
        Add(text.Length);
    }

    /// <summary>The hash of what was added.</summary>
    public readonly ulong Value => Mix(_state);

    /// <summary>A number above 0 and below 1.</summary>
    public readonly double Unit => ((Value >> 11) + 0.5) * (1.0 / (1UL << 53));
}
