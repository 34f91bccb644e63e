using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EhrR1.Training;

/// <summary>Products of a few rows with a matrix whose outputs lie one after the other, as in a linear layer.</summary>
/// <remarks>
/// Every number is one sum in one order, whatever the rows beside it and however many threads: what a row gives never depends on the batch.
/// That is why this is not left to a BLAS. The lanes are as wide as <see cref="Vector512{T}"/> on every machine, and so are the sums. The loops skip the tiers of the compiler: the first are too slow for them.
/// </remarks>
internal static class FloatMatrix
{
    private const int RowsAtOnce = 4;
    private const int OutputsAtOnce = 4;

    // Products in a task below which a second thread costs more than it brings.
    private const long ProductsOfATask = 1 << 18;

    /// <summary>Multiplies rows with a matrix.</summary>
    /// <param name="x">Rows of inputs.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="matrix">The matrix, outputs × inputs; its memory must outlive the call.</param>
    /// <param name="y">Takes rows of outputs, <paramref name="stride"/> apart.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="stride">The distance of rows in <paramref name="y"/>.</param>
    /// <param name="offset">Where the outputs begin in a row of <paramref name="y"/>.</param>
    /// <param name="threads">Threads at most.</param>
    public static void Multiply(float[] x, int rows, MatrixView matrix, float[] y, int outputs, int stride, int offset, int threads)
    {
        var inputs = matrix.Inputs;
        var tasks = (int)Math.Min(threads, Math.Max(1, (long)rows * inputs * outputs / ProductsOfATask));
        if (tasks == 1)
        {
            Part(x, rows, inputs, matrix.Span, y, 0, outputs, stride, offset);
            return;
        }

        var share = ((outputs + tasks - 1) / tasks + OutputsAtOnce - 1) / OutputsAtOnce * OutputsAtOnce;
        Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = tasks }, task =>
            Part(x, rows, inputs, matrix.Span, y, Math.Min(outputs, task * share), Math.Min(outputs, (task + 1) * share), stride, offset));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part(float[] x, int rows, int inputs, ReadOnlySpan<float> matrix, float[] y, int from, int to, int stride, int offset)
    {
        ref var left = ref MemoryMarshal.GetArrayDataReference(x);
        ref var right = ref MemoryMarshal.GetReference(matrix);
        for (var output = from; output < to; output += OutputsAtOnce)
        {
            ref var w = ref Unsafe.Add(ref right, (nint)output * inputs);
            var row = 0;
            if (output + OutputsAtOnce <= to)
            {
                for (; row + RowsAtOnce <= rows; row += RowsAtOnce)
                    Block(ref Unsafe.Add(ref left, (nint)row * inputs), ref w, inputs, y.AsSpan((row * stride) + offset + output), stride);
                for (; row < rows; row++)
                    RowBlock(ref Unsafe.Add(ref left, (nint)row * inputs), ref w, inputs, y.AsSpan((row * stride) + offset + output));
                continue;
            }

            for (; row < rows; row++)
            {
                for (var o = 0; o < to - output; o++)
                    y[(row * stride) + offset + output + o] = Dot(ref Unsafe.Add(ref left, (nint)row * inputs), ref Unsafe.Add(ref w, (nint)o * inputs), inputs);
            }
        }
    }

    // Four rows by four outputs: sixteen sums that stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(ref float x, ref float w, int n, Span<float> y, int stride)
    {
        ref float x1 = ref Unsafe.Add(ref x, n), x2 = ref Unsafe.Add(ref x, 2 * n), x3 = ref Unsafe.Add(ref x, 3 * n);
        ref float w1 = ref Unsafe.Add(ref w, n), w2 = ref Unsafe.Add(ref w, 2 * n), w3 = ref Unsafe.Add(ref w, 3 * n);
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        var whole = n - (n % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> a0 = Vector512.LoadUnsafe(ref x, i), a1 = Vector512.LoadUnsafe(ref x1, i), a2 = Vector512.LoadUnsafe(ref x2, i), a3 = Vector512.LoadUnsafe(ref x3, i);
            var b = Vector512.LoadUnsafe(ref w, i);
            (s00, s10, s20, s30) = (Vector512.FusedMultiplyAdd(a0, b, s00), Vector512.FusedMultiplyAdd(a1, b, s10), Vector512.FusedMultiplyAdd(a2, b, s20), Vector512.FusedMultiplyAdd(a3, b, s30));
            b = Vector512.LoadUnsafe(ref w1, i);
            (s01, s11, s21, s31) = (Vector512.FusedMultiplyAdd(a0, b, s01), Vector512.FusedMultiplyAdd(a1, b, s11), Vector512.FusedMultiplyAdd(a2, b, s21), Vector512.FusedMultiplyAdd(a3, b, s31));
            b = Vector512.LoadUnsafe(ref w2, i);
            (s02, s12, s22, s32) = (Vector512.FusedMultiplyAdd(a0, b, s02), Vector512.FusedMultiplyAdd(a1, b, s12), Vector512.FusedMultiplyAdd(a2, b, s22), Vector512.FusedMultiplyAdd(a3, b, s32));
            b = Vector512.LoadUnsafe(ref w3, i);
            (s03, s13, s23, s33) = (Vector512.FusedMultiplyAdd(a0, b, s03), Vector512.FusedMultiplyAdd(a1, b, s13), Vector512.FusedMultiplyAdd(a2, b, s23), Vector512.FusedMultiplyAdd(a3, b, s33));
        }

        Write(y, s00, s01, s02, s03, ref x, ref w, n, whole);
        Write(y[stride..], s10, s11, s12, s13, ref x1, ref w, n, whole);
        Write(y[(2 * stride)..], s20, s21, s22, s23, ref x2, ref w, n, whole);
        Write(y[(3 * stride)..], s30, s31, s32, s33, ref x3, ref w, n, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowBlock(ref float x, ref float w, int n, Span<float> y)
    {
        ref float w1 = ref Unsafe.Add(ref w, n), w2 = ref Unsafe.Add(ref w, 2 * n), w3 = ref Unsafe.Add(ref w, 3 * n);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        var whole = n - (n % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            var a = Vector512.LoadUnsafe(ref x, i);
            s0 = Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref w, i), s0);
            s1 = Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref w1, i), s1);
            s2 = Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref w2, i), s2);
            s3 = Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref w3, i), s3);
        }

        Write(y, s0, s1, s2, s3, ref x, ref w, n, whole);
    }

    private static void Write(Span<float> y, Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3, ref float x, ref float w, int n, int whole)
    {
        y[0] = Rest(s0, ref x, ref w, n, whole);
        y[1] = Rest(s1, ref x, ref Unsafe.Add(ref w, n), n, whole);
        y[2] = Rest(s2, ref x, ref Unsafe.Add(ref w, 2 * n), n, whole);
        y[3] = Rest(s3, ref x, ref Unsafe.Add(ref w, 3 * n), n, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(ref float x, ref float w, int n)
    {
        Vector512<float> sum = default;
        var whole = n - (n % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i), sum);
        return Rest(sum, ref x, ref w, n, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Rest(Vector512<float> sum, ref float x, ref float w, int n, int whole)
    {
        var total = Vector512.Sum(sum);
        for (var i = whole; i < n; i++)
            total = float.FusedMultiplyAdd(Unsafe.Add(ref x, i), Unsafe.Add(ref w, i), total);
        return total;
    }
}
