namespace EhrR1.Knowledge;

/// <summary>The names of a terminology's arrays in its file, beside those of <see cref="NameSections"/>; docs/terminology.md describes them.</summary>
internal static class StoreSections
{
    public const string Facts = "facts.json";
    public const string ConceptIds = "concept.id";
    public const string ConceptNames = "concept.name";
    public const string Types = "type";
    public const string Definitions = "definition";
    public const string Codes = "code";
    public const string Relations = "relation";
    public const string TypesOfConcept = "concept-type";
    public const string DefinitionsOfConcept = "concept-definition";
    public const string CodesOfConcept = "concept-code";
    public const string ConceptsOfCode = "code-concept";
    public const string NamesOfConcept = "concept-name";
    public const string ConceptsOfName = "name-concept";
    public const string RelationCounts = "relation.count";
    public const string NeighboursOfConcept = "concept.neighbours";
    public const string NormalHashes = "normal.hash";
    public const string NormalNames = "normal.name";
    public const string RelationsFrom = "relation-from";
    public const string RelationsTo = "relation-to";
}
