using System.Numerics;

namespace EhrR1.Reasoning;

/// <summary>Chooses among wordings by the seed, the sample and the variant, so that the order of work decides nothing.</summary>
/// <remarks>FNV-1a over the parts, finished by the mixing of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</remarks>
internal readonly struct NarrationChoice
{
    private const ulong Prime = 0x100000001B3UL;
    private readonly ulong _sample;
    private readonly ulong _state;
    private readonly int _variant;

    public NarrationChoice(long seed, string id, int variant)
    {
        _sample = Add(Add(0xCBF29CE484222325UL, (ulong)seed), id);
        _state = Add(_sample, (ulong)variant);
        _variant = variant;
    }

    /// <summary>One of some wordings.</summary>
    /// <param name="from">The wordings, at least one.</param>
    /// <param name="slot">What is worded: the same slot of the same chain gives the same wording.</param>
    /// <param name="number">Which of several such places.</param>
    public string Of(IReadOnlyList<string> from, string slot, int number = 0) => from[Below(Mix(Add(Add(_state, slot), (ulong)number)), from.Count)];

    /// <summary>As <see cref="Of"/>, but the next number takes the next wording, and so does the next variant of the same sample: neighbours differ for certain.</summary>
    public string InTurn(IReadOnlyList<string> from, string slot, int number = 0)
    {
        long first = Below(Mix(Add(_sample, slot)), from.Count);
        return from[(int)((first + _variant + number) % from.Count)];
    }

    /// <summary>Whether one of two ways is taken.</summary>
    public bool IsHeads(string slot, int number = 0) => (Mix(Add(Add(_state, slot), (ulong)number)) & 1) == 0;

    private static int Below(ulong value, int count) => (int)Math.BigMul(value, (ulong)count, out _);

    private static ulong Add(ulong state, string text)
    {
        foreach (char c in text)
            state = (state ^ c) * Prime;
        return Add(state, (ulong)text.Length);
    }

    private static ulong Add(ulong state, ulong value) => BitOperations.RotateLeft((state ^ value) * Prime, 29) * Prime;

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
