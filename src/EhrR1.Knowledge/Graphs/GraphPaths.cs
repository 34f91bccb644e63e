using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>The ways from what one term names to what another names, each pair looked up once.</summary>
/// <remarks>Memory grows with the different pairs, not with the patients. Thread-safe.</remarks>
internal sealed class GraphPaths(Terminology terminology, TermLinks links, PathFinder finder, GraphOptions options)
{
    private readonly CommonTurns? _turns = options.MostInCommon is { } most ? new CommonTurns(terminology, most) : null;
    private readonly ConcurrentDictionary<(TermKind FactKind, int Fact, TermKind TargetKind, int Target), FoundPaths?> _found = new();

    /// <summary>The ways, or <see langword="null"/> where a term names no concept or no way leads from one to the other.</summary>
    public FoundPaths? Find((TermKind Kind, int Term) fact, (TermKind Kind, int Term) target, CancellationToken cancellationToken) =>
        _found.GetOrAdd((fact.Kind, fact.Term, target.Kind, target.Term), _ => Search(links.Of(fact.Kind, fact.Term), links.Of(target.Kind, target.Term), cancellationToken));

    private FoundPaths? Search(ReadOnlySpan<int> facts, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        facts = facts[..Math.Min(facts.Length, options.MostConcepts)];
        targets = targets[..Math.Min(targets.Length, options.MostConcepts)];
        foreach (int fact in facts)
        {
            // Two ways of writing the same thing need no relation.
            if (targets.Contains(fact))
                return new FoundPaths(fact, fact, [[terminology.Name(fact)]]);
        }

        (int Fact, int Target, IReadOnlyList<ConceptPath> Paths) best = default;
        foreach (int fact in facts)
        {
            foreach (int target in targets)
            {
                var paths = finder.Find(fact, target, cancellationToken);
                if (_turns is not null)
                    paths = [.. paths.Where(p => !_turns.AreIn(p))];
                if (paths.Count > 0 && (best.Paths is null || IsBetter(paths[0], best.Paths[0])))
                    best = (fact, target, paths);
            }
        }

        return best.Paths is null ? null : new FoundPaths(best.Fact, best.Target, [.. best.Paths.Take(options.MostPaths).Select(p => p.Words(terminology))]);
    }

    private static bool IsBetter(ConceptPath one, ConceptPath other) =>
        one.Steps.Count != other.Steps.Count ? one.Steps.Count < other.Steps.Count : one.Cost < other.Cost;
}
