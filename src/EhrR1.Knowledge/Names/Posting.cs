using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>A name that has a trigram, and how many rarer trigrams the name has.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct Posting(int Name, ushort Place);
