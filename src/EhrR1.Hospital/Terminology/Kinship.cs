namespace EhrR1.Hospital;

/// <summary>Which concepts are joined by something true, be it under another name or as members of one class.</summary>
/// <remarks>A chart may tell a thing by a name that another thing has too, or by its class alone; what is true of one such thing is not false of the other.</remarks>
internal sealed class Kinship
{
    private readonly Dictionary<Concept, HashSet<Concept>> kin = [];
    private readonly HashSet<(Concept, Concept)> joined = [];

    public Kinship(ConceptBook book, IEnumerable<KnownRelation> relations)
    {
        var groups = book.All.SelectMany(c => c.Names.Select(n => (Key: (object)n.Text.ToUpperInvariant(), c)))
            .Concat(book.All.SelectMany(c => c.Parents.Select(p => (Key: (object)p, c))))
            .GroupBy(x => x.Key, x => x.c);
        foreach (var group in groups)
        {
            foreach (var concept in group)
                Of(concept).UnionWith(group);
        }
        foreach (var relation in relations)
            Join(relation.From, relation.To);
        foreach (var concept in book.All)
        {
            foreach (var parent in concept.Parents)
                Join(concept, parent);
        }
    }

    /// <summary>Whether two concepts, or two of their kin, are joined, or are kin themselves.</summary>
    public bool AreRelated(Concept one, Concept other) =>
        one == other || Of(one).Contains(other) || Of(one).Any(a => Of(other).Any(b => joined.Contains((a, b))));

    /// <summary>Takes two concepts as joined from now on.</summary>
    public void Join(Concept one, Concept other)
    {
        joined.Add((one, other));
        joined.Add((other, one));
    }

    private HashSet<Concept> Of(Concept concept)
    {
        if (!kin.TryGetValue(concept, out var found))
            kin[concept] = found = [concept];
        return found;
    }
}
