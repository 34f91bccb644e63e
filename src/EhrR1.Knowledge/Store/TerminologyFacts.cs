namespace EhrR1.Knowledge;

/// <summary>What a store was built from and what it holds.</summary>
/// <param name="Sources">The sources' names, in the order in which they were read.</param>
/// <param name="Licences">The licences of the sources.</param>
/// <param name="Concepts">The number of concepts.</param>
/// <param name="Names">The number of different names, case apart.</param>
/// <param name="ConceptNames">The number of pairs of a concept and a name of it.</param>
/// <param name="Codes">The number of pairs of a concept and a code of it.</param>
/// <param name="Definitions">The number of definitions.</param>
/// <param name="Relations">The number of different relations.</param>
/// <param name="Merged">How many concepts of different sources were found to be the same and became one with another.</param>
/// <param name="LeftOut">How many rows were left out, by reason.</param>
public sealed record TerminologyFacts(
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Licences,
    int Concepts,
    int Names,
    long ConceptNames,
    long Codes,
    long Definitions,
    long Relations,
    int Merged,
    IReadOnlyDictionary<string, long> LeftOut);
