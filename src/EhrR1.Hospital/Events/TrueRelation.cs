namespace EhrR1.Hospital;

/// <summary>A relation by which the hospital was made, in the content's words and between concepts; a code has none.</summary>
internal sealed record TrueRelation(string Source, string Relation, string Target, Concept From, Concept? To);
