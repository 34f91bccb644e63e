namespace EhrR1.Hospital;

/// <summary>Tells whether it would be far-fetched to relate two concepts, by what the content relates each to.</summary>
internal sealed class FarFetched
{
    // Of an ATC code, the therapeutic group.
    private const int TherapeuticGroup = 3;

    private readonly Dictionary<Concept, string> serviceOf;
    private readonly ILookup<Concept, Concept> related;

    public FarFetched(HospitalContent content, ConceptBook book, IEnumerable<KnownRelation> truth)
    {
        serviceOf = content.Conditions.ToDictionary(c => book.Get(ConceptKind.Condition, c.Name), c => c.Service);
        related = truth.SelectMany(r => new[] { (One: r.From, Other: r.To), (One: r.To, Other: r.From) }).ToLookup(x => x.One, x => x.Other);
    }

    /// <summary>Whether no condition of the same service has to do with the other, and no drug of the same therapeutic group.</summary>
    public bool Holds(Concept one, Concept other)
    {
        var (condition, thing) = serviceOf.ContainsKey(one) ? (one, other) : (other, one);
        if (!serviceOf.TryGetValue(condition, out var service))
            return true;
        if (serviceOf.TryGetValue(thing, out var another))
            return service != another;
        var groups = GroupsOf(thing);
        return related[thing].All(c => serviceOf.GetValueOrDefault(c) != service)
            && !related[condition].Any(drug => GroupsOf(drug).Intersect(groups, StringComparer.Ordinal).Any());
    }

    private static string[] GroupsOf(Concept concept) => [.. concept.Names.Where(n => n.Vocabulary == "ATC").Select(n => n.Code[..TherapeuticGroup])];
}
