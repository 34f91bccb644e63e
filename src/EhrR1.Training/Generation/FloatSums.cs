using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EhrR1.Training;

/// <summary>Sums in an order that follows from the length alone, never from where the numbers lie in memory, so that the same numbers give the same sum.</summary>
internal static class FloatSums
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> x)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        Vector512<float> sum = default;
        var whole = x.Length - (x.Length % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
            sum += Vector512.LoadUnsafe(ref first, i);
        var total = Vector512.Sum(sum);
        foreach (var rest in x[whole..])
            total += rest;
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float OfSquares(ReadOnlySpan<float> x)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        Vector512<float> sum = default;
        var whole = x.Length - (x.Length % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            var lanes = Vector512.LoadUnsafe(ref first, i);
            sum = Vector512.FusedMultiplyAdd(lanes, lanes, sum);
        }

        var total = Vector512.Sum(sum);
        foreach (var rest in x[whole..])
            total = float.FusedMultiplyAdd(rest, rest, total);
        return total;
    }
}
