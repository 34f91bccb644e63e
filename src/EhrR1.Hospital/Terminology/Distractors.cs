namespace EhrR1.Hospital;

/// <summary>What the hospital was not made from but looks as if: false relations, concepts with names near to true ones, and hubs that all belong to.</summary>
/// <remarks>Drawn from the content with a fixed seed. False relations are far-fetched where the content allows, so that no reader takes one for medicine.</remarks>
internal sealed class Distractors
{
    private const ulong Seed = 31;
    private const int Tries = 60;
    private const int FarFetchedTries = 45;
    private const int RelationsANearMiss = 2;

    private readonly ConceptBook book;
    private readonly IReadOnlyList<KnownRelation> truth;
    private readonly Kinship kinship;
    private readonly FarFetched farFetched;
    private readonly Rng rng = Rng.For(Seed, 0);
    private readonly List<KnownRelation> relations = [];

    private Distractors(HospitalContent content, ConceptBook book, IReadOnlyList<KnownRelation> truth)
    {
        this.book = book;
        this.truth = truth;
        kinship = new Kinship(book, truth);
        farFetched = new FarFetched(content, book, truth);
    }

    /// <summary>Draws the distractors; their concepts are added to the book.</summary>
    public static IReadOnlyList<KnownRelation> Draw(HospitalContent content, ConceptBook book, IReadOnlyList<KnownRelation> truth)
    {
        var distractors = new Distractors(content, book, truth);
        Concept[] known = [.. book.All];
        distractors.AddFalseRelations();
        distractors.AddNearMisses(known);
        distractors.AddHubs(known);
        return distractors.relations;
    }

    // One false relation for each true one: the same label and the same source, another target of this label.
    private void AddFalseRelations()
    {
        foreach (var group in truth.GroupBy(r => r.Label))
        {
            Concept[] targets = [.. group.Select(r => r.To).Distinct()];
            foreach (var relation in group)
            {
                for (var i = 0; i < Tries; i++)
                {
                    var target = rng.Pick(targets);
                    if (kinship.AreRelated(relation.From, target) || (i < FarFetchedTries && !farFetched.Holds(relation.From, target)))
                        continue;
                    kinship.Join(relation.From, target);
                    relations.Add(relation with { To = target });
                    break;
                }
            }
        }
    }

    private void AddNearMisses(IReadOnlyList<Concept> known)
    {
        var taken = known.SelectMany(c => c.Names).Select(n => n.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Concept[] others = [.. known.Where(c => c.Kind is ConceptKind.Condition or ConceptKind.Drug or ConceptKind.Laboratory)];
        foreach (var concept in known)
        {
            if (NearName(concept) is not { } name || !taken.Add(name))
                continue;
            var miss = book.Take(ConceptKind.NearMiss, name, concept.SemanticType);
            miss.Definition = $"A distractor of the synthetic hospital, made to be taken for {concept.Name}; it is no true thing.";
            for (var i = 0; i < RelationsANearMiss;)
            {
                var other = rng.Pick(others);
                var relation = new KnownRelation(miss, RelationLabels.AssociatedWith, other);
                if (other == concept || kinship.AreRelated(concept, other) || relations.Exists(r => r == relation))
                    continue;
                relations.Add(relation);
                i++;
            }
        }
    }

    // Every condition has one, and half of the drugs, laboratory items and procedures.
    private string? NearName(Concept concept) => concept.Kind switch
    {
        ConceptKind.Condition => rng.Chance(0.5) ? $"Pseudo{Lower(concept.Name)}" : $"{concept.Name} II",
        ConceptKind.Drug when rng.Chance(0.5) => rng.Chance(0.5) ? $"Iso{Lower(concept.Name)}" : $"{concept.Name} II",
        ConceptKind.Laboratory when rng.Chance(0.5) => rng.Chance(0.5) ? $"Anti{Lower(concept.Name)}" : $"{concept.Name} II",
        ConceptKind.Procedure when rng.Chance(0.5) => $"Mock {Lower(concept.Name)}",
        _ => null,
    };

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private void AddHubs(IReadOnlyList<Concept> known)
    {
        var all = Hub("Clinical topic");
        foreach (var group in known.GroupBy(HubOf))
        {
            var hub = Hub(group.Key);
            relations.Add(new(hub, RelationLabels.IsA, all));
            relations.AddRange(group.Select(c => new KnownRelation(c, RelationLabels.IsA, hub)));
        }
    }

    private Concept Hub(string name)
    {
        var hub = book.Take(ConceptKind.Hub, name, SemanticTypes.Classification);
        hub.Definition = "A hub of the synthetic hospital that very much belongs to and that explains nothing.";
        return hub;
    }

    private static string HubOf(Concept concept) => concept.Kind switch
    {
        ConceptKind.Condition or ConceptKind.Diagnosis or ConceptKind.DiagnosisGroup or ConceptKind.Symptom or ConceptKind.Finding => "Clinical finding",
        ConceptKind.Drug or ConceptKind.DrugClass or ConceptKind.Substance or ConceptKind.Organism => "Clinical substance",
        ConceptKind.VitalSign or ConceptKind.FlowsheetItem or ConceptKind.Record => "Clinical observation",
        ConceptKind.Service or ConceptKind.Place or ConceptKind.Admission or ConceptKind.Order => "Clinical care",
        _ => "Clinical procedure",
    };
}
