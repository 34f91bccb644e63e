using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>Finds paths that say no more than that two things are of one large class: "furosemide is a substance, which has the subtype risperidone".</summary>
/// <remarks>Memory grows with the concepts at which paths turn. Thread-safe.</remarks>
internal sealed class CommonTurns(Terminology terminology, int most)
{
    private readonly ConcurrentDictionary<(int Concept, string Relation), bool> _isTooCommon = new();

    /// <summary>Whether a path turns at a concept that too many have in common.</summary>
    public bool AreIn(ConceptPath path)
    {
        for (int i = 1; i < path.Steps.Count; i++)
        {
            var next = path.Steps[i];
            var relation = NameOf(next.Relation, next.IsReversed);
            var before = path.Steps[i - 1];
            if (RelationNames.Reversed(NameOf(before.Relation, before.IsReversed)) == relation && _isTooCommon.GetOrAdd((next.From, relation), _ => Count(next.From, relation) > most))
                return true;
        }

        return false;
    }

    /// <summary>How many concepts a relation leads to from a concept, whichever way its rows are written.</summary>
    private int Count(int concept, string relation)
    {
        var far = new HashSet<int>();
        foreach (var row in terminology.RelationsFrom(concept))
        {
            if (NameOf(row.Kind, isReversed: false) == relation)
                far.Add(row.Concept);
        }

        foreach (var row in terminology.RelationsTo(concept))
        {
            if (NameOf(row.Kind, isReversed: true) == relation)
                far.Add(row.Concept);
        }

        return far.Count;
    }

    private string NameOf(int kind, bool isReversed)
    {
        var name = terminology.RelationName(kind);
        return isReversed ? RelationNames.Reversed(name) : RelationNames.Plain(name);
    }
}
