using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Counts what thinking graphs reach and what they miss. Not thread-safe; one a thread, added up at the end.</summary>
internal sealed class GraphCoverage
{
    private readonly Dictionary<string, GraphTaskCoverage> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<(TermKind Kind, int Term), long> _misses = [];

    /// <summary>Counts a sample.</summary>
    public void Add(string task, SampleTally tally) => _tasks[task] = (_tasks.GetValueOrDefault(task) ?? GraphTaskCoverage.None(task)).Plus(tally);

    /// <summary>Counts a pair that was lost because one of its terms names no concept.</summary>
    public void Miss(TermKind kind, int term) => CollectionsMarshal.GetValueRefOrAddDefault(_misses, (kind, term), out _)++;

    /// <summary>Adds another's counts.</summary>
    public void Add(GraphCoverage other)
    {
        foreach (var (task, coverage) in other._tasks)
            _tasks[task] = (_tasks.GetValueOrDefault(task) ?? GraphTaskCoverage.None(task)).Plus(coverage);
        foreach (var (key, count) in other._misses)
            CollectionsMarshal.GetValueRefOrAddDefault(_misses, key, out _) += count;
    }

    /// <summary>The tasks in the order of the catalogue, and the most frequent misses.</summary>
    public GraphSummary Summary(TermTable terms, int mostMisses) => new(
        [.. EhrR1.Tasks.TaskCatalog.Tasks.Where(t => _tasks.ContainsKey(t.Name)).Select(t => _tasks[t.Name])],
        [.. _misses.Select(m => new GraphMiss(m.Key.Kind, terms.Text(m.Key.Term), m.Value))
            .OrderByDescending(m => m.Pairs).ThenBy(m => m.Term, StringComparer.Ordinal).ThenBy(m => m.Kind).Take(mostMisses)]);
}
