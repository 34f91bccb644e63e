namespace EhrR1.Hospital;

/// <summary>One clinical thing under all the names by which the hospital's files write it.</summary>
internal sealed class Concept(int number, ConceptKind kind, string name, string semanticType)
{
    /// <summary>The hospital's own vocabulary and namespace: no identifier of it can be taken for one of UMLS.</summary>
    public const string Vocabulary = "EHRR1";

    private readonly List<ConceptName> names = [new(name, Vocabulary, "")];
    private readonly List<Concept> parents = [];

    public string Id { get; } = $"{Vocabulary}:{number:000000}";

    public ConceptKind Kind { get; } = kind;

    /// <summary>The preferred name.</summary>
    public string Name { get; } = name;

    public string SemanticType { get; } = semanticType;

    public string Definition { get; set; } = "";

    /// <summary>All names, the preferred one first.</summary>
    public IReadOnlyList<ConceptName> Names => names;

    /// <summary>What the concept is a kind of.</summary>
    public IReadOnlyList<Concept> Parents => parents;

    public void AddName(string text, string vocabulary, string code)
    {
        var added = new ConceptName(text, vocabulary, code);
        // A name of the hospital's own adds nothing to one that is there in another case or with a code.
        if (names.Contains(added) || (code.Length == 0 && names.Exists(n => n.Text.Equals(text, StringComparison.OrdinalIgnoreCase))))
            return;
        names.Add(added);
    }

    public void AddParent(Concept parent)
    {
        if (parent != this && !parents.Contains(parent) && !parent.IsBelow(this))
            parents.Add(parent);
    }

    public override string ToString() => $"{Id} {Name}";

    private bool IsBelow(Concept other) => parents.Exists(p => p == other || p.IsBelow(other));
}
