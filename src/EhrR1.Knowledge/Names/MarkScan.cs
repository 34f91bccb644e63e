using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EhrR1.Knowledge;

/// <summary>Finds the marks that differ from a query's in few bits; most of a query's time goes here.</summary>
internal static class MarkScan
{
    // How many bits each half byte has.
    private static readonly Vector256<byte> _bits = Vector256.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    /// <summary>The first mark from a place on that differs in few enough bits, or the number of marks.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="at">The place to begin at.</param>
    /// <param name="mark">The query's.</param>
    /// <param name="differ">In how many bits it may differ.</param>
    public static int Next(ReadOnlySpan<ulong> marks, int at, ulong mark, int differ)
    {
        if (Avx2.IsSupported)
        {
            ref ulong first = ref MemoryMarshal.GetReference(marks);
            var wanted = Vector256.Create(mark);
            var most = Vector256.Create((long)differ);
            for (; at <= marks.Length - Vector256<ulong>.Count; at += Vector256<ulong>.Count)
            {
                var differences = CountBits(Vector256.LoadUnsafe(ref first, (nuint)at) ^ wanted);
                uint near = ~Vector256.GreaterThan(differences, most).ExtractMostSignificantBits() & 0b1111;
                if (near != 0)
                    return at + BitOperations.TrailingZeroCount(near);
            }
        }

        while (at < marks.Length && BitOperations.PopCount(mark ^ marks[at]) > differ)
            at++;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> CountBits(Vector256<ulong> value)
    {
        var half = Vector256.Create((byte)0x0F);
        var low = Avx2.Shuffle(_bits, value.AsByte() & half);
        var high = Avx2.Shuffle(_bits, Vector256.ShiftRightLogical(value, 4).AsByte() & half);
        return Avx2.SumAbsoluteDifferences(low + high, Vector256<byte>.Zero).AsInt64();
    }
}
