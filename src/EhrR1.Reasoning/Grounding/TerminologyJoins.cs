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

    public bool AreJoined(string one, string other) => _joined.GetOrAdd((one, other), _ => Search(one, other));

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
