using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>The room that a name takes in an inverted list; <see cref="PostingRun"/> says what stands where.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Bytes)]
internal readonly struct Posting
{
    /// <summary>A place, a mark and a name.</summary>
    public const int Bytes = 1 + sizeof(ulong) + sizeof(int);
}
