using System.Numerics;
using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>128 bits of a trigram set: each trigram flips one. Two sets differ in at least as many trigrams as their signatures do in bits.</summary>
/// <remarks>A trigram that both sets have flips the same bit in both, so only those that one set alone has can make a bit differ.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NameSignature(ulong Low, ulong High)
{
    /// <summary>The signature in 64 bits; two of them differ in no more bits than the signatures do.</summary>
    public ulong Folded => Low ^ High;

    /// <summary>The signature with one trigram more.</summary>
    public NameSignature With(ulong hash)
    {
        ulong bit = 1UL << (int)(hash >> 58);
        return (hash >> 57 & 1) == 0 ? new(Low ^ bit, High) : new(Low, High ^ bit);
    }

    /// <summary>How many bits differ.</summary>
    public int Distance(NameSignature other) => BitOperations.PopCount(Low ^ other.Low) + BitOperations.PopCount(High ^ other.High);
}
