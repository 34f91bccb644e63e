using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>A sample that a teacher explains, with its thinking graph.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Graph">Its graph; <see langword="null"/> for a risk, whose answer names no items.</param>
public sealed record TaughtSample(Sample Sample, ThinkingGraph? Graph)
{
    /// <summary>Whether the graph has a path, so that there is something to explain by.</summary>
    public bool HasPaths => Graph?.Edges.Any(e => e.Paths.Count > 0) == true;
}
