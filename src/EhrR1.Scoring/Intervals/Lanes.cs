using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EhrR1.Scoring;

/// <summary>Counts of four replicates side by side. Floats hold them exactly up to 2²⁴ draws of one patient.</summary>
internal static class Lanes
{
    public const int Width = 4;

    public static Vector256<double> NaN => Vector256.Create(double.NaN);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> At(ReadOnlySpan<float> counts, int position) =>
        Vector256.WidenLower(Vector128.Create<float>(counts.Slice(position * Width, Width)).ToVector256Unsafe());

    public static void Check(ReadOnlySpan<float> counts, int patients)
    {
        if (counts.Length != patients * Width) throw new ArgumentException($"{counts.Length} counts were given for {patients} patients in {Width} replicates.", nameof(counts));
    }

    public static void Interleave(int[][] replicates, Span<float> lanes)
    {
        for (int lane = 0; lane < Width; lane++)
        {
            int[] counts = replicates[lane];
            for (int i = 0; i < counts.Length; i++) lanes[(i * Width) + lane] = counts[i];
        }
    }
}
