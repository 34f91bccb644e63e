namespace EhrR1.Hospital;

/// <summary>Concepts by their names: a name leads to one concept of its realm, so that one thing is entered once.</summary>
/// <remarks>Realms keep apart what goes by one name and is not one thing: the drug vancomycin and its level in the blood. Not thread-safe.</remarks>
internal sealed class ConceptBook
{
    private readonly List<Concept> all = [];
    private readonly Dictionary<(string Realm, string Name), Concept> byName = [];

    /// <summary>All concepts in the order of their identifiers.</summary>
    public IReadOnlyList<Concept> All => all;

    /// <summary>The concept of a name in a kind's realm.</summary>
    public Concept? Find(ConceptKind kind, string name) => byName.GetValueOrDefault(Key(kind, name));

    /// <summary>The concept of a name in a kind's realm.</summary>
    /// <exception cref="InvalidOperationException">The content names a thing that no table has.</exception>
    public Concept Get(ConceptKind kind, string name) =>
        Find(kind, name) ?? throw new InvalidOperationException($"The content has no {kind} '{name}'.");

    /// <summary>The concept of a name, made if there is none in the kind's realm.</summary>
    public Concept Take(ConceptKind kind, string name, string semanticType)
    {
        if (Find(kind, name) is { } known)
            return known;
        var made = new Concept(all.Count + 1, kind, name, semanticType);
        all.Add(made);
        byName[Key(kind, name)] = made;
        return made;
    }

    /// <summary>Gives a concept a further name; where another concept had the name first, both have it and the other is found by it.</summary>
    public void Name(Concept concept, string name, string vocabulary = Concept.Vocabulary, string code = "")
    {
        if (name.Length == 0)
            return;
        concept.AddName(name, vocabulary, code);
        byName.TryAdd(Key(concept.Kind, name), concept);
    }

    /// <summary>Gives a concept a further name, unless another concept of its realm has it.</summary>
    public void NameIfFree(Concept concept, string name)
    {
        if (Find(concept.Kind, name) is null)
            Name(concept, name);
    }

    private static (string Realm, string Name) Key(ConceptKind kind, string name) => (Realm(kind), name.ToLowerInvariant());

    private static string Realm(ConceptKind kind) => kind switch
    {
        ConceptKind.Condition or ConceptKind.Diagnosis or ConceptKind.DiagnosisGroup or ConceptKind.Symptom or ConceptKind.Finding => "illness",
        ConceptKind.Drug or ConceptKind.Substance => "substance",
        ConceptKind.Laboratory or ConceptKind.Panel => "laboratory",
        ConceptKind.VitalSign or ConceptKind.FlowsheetItem or ConceptKind.Record => "observation",
        ConceptKind.Procedure or ConceptKind.ProcedureGroup or ConceptKind.Imaging or ConceptKind.Microbiology => "procedure",
        ConceptKind.Service or ConceptKind.Place => "care",
        _ => kind.ToString(),
    };
}
