namespace EhrR1.Hospital;

/// <summary>A relation of the terminology, read from left to right, by its label in UMLS's spelling: furosemide may_treat heart failure.</summary>
internal readonly record struct KnownRelation(Concept From, string Label, Concept To);
