using System.Collections.Concurrent;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Whether a terminology leads from one name to another within so many relations; each pair is looked up once.</summary>
/// <remarks>Memory grows with the different pairs. Safe for any number of threads; the terminology must outlive it.</remarks>
internal sealed class TerminologyJoins(Terminology terminology, PathOptions options)
{
    private const int MostConcepts = 3;
    private readonly PathFinder _finder = new(terminology, options);
    private readonly ConcurrentDictionary<string, int[]> _concepts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string, string), bool> _joined = new();
    private readonly ConcurrentDictionary<(string, string, int), bool> _joinedBy = new();

    public bool AreJoined(string one, string other) => _joined.GetOrAdd((one, other), _ => Search(one, other));

    /// <summary>Whether the terminology has one relation between two names, of those that paths leave out too.</summary>
    public bool AreJoinedBy(string one, string other, int code) => _joinedBy.GetOrAdd((one, other, code), _ => ConceptsOf(one).Any(from => ConceptsOf(other).Any(to => Has(from, to, code))));

    private bool Has(int from, int to, int code)
    {
        foreach (var relation in terminology.RelationsFrom(from))
        {
            if (relation.Concept == to && ChainRules.BuiltIn.CodeOf(terminology.RelationName(relation.Kind)) == code)
                return true;
        }

        foreach (var relation in terminology.RelationsTo(from))
        {
            if (relation.Concept == to && ChainRules.BuiltIn.CodeOf(terminology.RelationName(relation.Kind)) == (code ^ 1))
                return true;
        }

        return false;
    }

    private bool Search(string one, string other)
    {
        foreach (int from in ConceptsOf(one))
        {
            foreach (int to in ConceptsOf(other))
            {
                if (from == to || _finder.Best(from, to) is not null)
                    return true;
            }
        }

        return false;
    }

    private int[] ConceptsOf(string name) => _concepts.GetOrAdd(name, n => [.. terminology.FindExact(n).Take(MostConcepts)]);
}
