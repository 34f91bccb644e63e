using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>One end of a relation, seen from the other.</summary>
/// <param name="Concept">The concept at the far end.</param>
/// <param name="Kind">The number of the relation's name; see <see cref="Terminology.RelationName"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public readonly record struct ConceptRelation(int Concept, ushort Kind);
