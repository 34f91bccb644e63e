namespace EhrR1.Hospital;

/// <summary>A name of a concept, with the vocabulary and the code that it comes with; names of the hospital's own have no code.</summary>
internal sealed record ConceptName(string Text, string Vocabulary, string Code);
