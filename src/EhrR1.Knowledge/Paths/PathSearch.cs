namespace EhrR1.Knowledge;

/// <summary>Finds the shortest paths between two concepts by a breadth-first search from both ends.</summary>
/// <remarks>
/// <para>The side whose next level has fewer neighbours goes first (then the one with fewer concepts, then the first end), a level at
/// a time. The search ends with the level after which the sides have met: a path leads over concepts explored from the first
/// end to one reached from both, and over concepts explored from the second end on. Where no level was cut, these are all
/// the shortest paths there are.</para>
/// <para>Not thread-safe; used again and again.</para>
/// </remarks>
internal sealed class PathSearch
{
    private readonly PathGraph _graph;
    private readonly PathOptions _options;
    private readonly PathSide _first;
    private readonly PathSide _second;

    public PathSearch(PathGraph graph, PathOptions options)
    {
        _graph = graph;
        _options = options;
        _first = new PathSide(graph);
        _second = new PathSide(graph) { Other = _first };
        _first.Other = _second;
    }

    /// <summary>The best paths as their concepts from one end to the other, best first.</summary>
    public List<(int Cost, int[] Concepts)> Find(int from, int to, CancellationToken cancellationToken)
    {
        _first.Start(from, _options.MostNodes);
        _second.Start(to, _options.MostNodes);
        while (_first.Depth + _second.Depth < _options.MostEdges && !(_first.IsStuck && _second.IsStuck))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (side, other) = IsFirstNext() ? (_first, _second) : (_second, _first);
            side.Explore();
            if (side.Met.Count > 0)
                return new PathChoice(_graph, _first, _second, Nearest(side.Met, other), _options.MostPaths).Best();
        }

        return [];
    }

    private bool IsFirstNext()
    {
        if (_first.IsStuck || _second.IsStuck)
            return _second.IsStuck;
        if (_first.NextWork != _second.NextWork)
            return _first.NextWork < _second.NextWork;
        return _first.NextCount <= _second.NextCount;
    }

    /// <summary>Where the shortest paths meet: of the concepts reached from both ends, those nearest to the other one.</summary>
    private static List<int> Nearest(IReadOnlyList<int> met, PathSide other)
    {
        int nearest = met.Min(c => other[other.PlaceOf(c)].Depth);
        return [.. met.Where(c => other[other.PlaceOf(c)].Depth == nearest)];
    }
}
