using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EhrR1.Knowledge;

/// <summary>Tells the processor what will be read soon, so that it waits for several places of memory at once.</summary>
internal static unsafe class MemoryHint
{
    /// <summary>Asks for the cache line of a value; does nothing where the processor has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WillRead<T>(ref readonly T value) where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in value)));
    }
}
