using System.Runtime.CompilerServices;

namespace EhrR1.Knowledge;

/// <summary>One array of a <see cref="SectionFile"/>.</summary>
internal readonly struct Section<T>(SectionFile file, long offset, int count) where T : unmanaged
{
    public int Length => count;

    public ReadOnlySpan<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => file.Span<T>(offset, count);
    }
}
