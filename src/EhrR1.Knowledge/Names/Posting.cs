using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>A name that has a trigram.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">How many rarer trigrams the name has.</param>
/// <param name="Mark">The name's <see cref="NameSignature.Folded"/>: it stands here so that most names are ruled out without leaving the list.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct Posting(int Name, ushort Place, uint Mark);
