namespace EhrR1.Knowledge;

/// <summary>Finds the shortest paths between two concepts by a breadth-first search from both ends.</summary>
/// <remarks>
/// <para>The side whose next level has fewer neighbours goes first (then the one with fewer concepts, then the first end), a level at
/// a time. The search ends with the level after which the sides have met: a path leads over concepts explored from the first
/// end to one reached from both, and over concepts explored from the second end on. Where no level was cut, these are all
/// the shortest paths there are.</para>
/// <para>Not thread-safe; used again and again.</para>
/// </remarks>
internal sealed class PathSearch(PathGraph graph, PathOptions options)
{
    private readonly PathSide _first = new(graph);
    private readonly PathSide _second = new(graph);
    private readonly List<int> _meetings = [];

    /// <summary>The best paths as their concepts from one end to the other, best first.</summary>
    public List<(int Cost, int[] Concepts)> Find(int from, int to, CancellationToken cancellationToken)
    {
        _first.Start(from, options.MostNodes);
        _second.Start(to, options.MostNodes);
        while (_first.Depth + _second.Depth < options.MostEdges && !(_first.IsStuck && _second.IsStuck))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (side, other) = IsFirstNext() ? (_first, _second) : (_second, _first);
            side.Explore();
            if (Meet(side, other))
                return new PathChoice(graph, _first, _second, _meetings, options.MostPaths).Best();
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

    /// <summary>Finds the concepts where the shortest paths meet: of those just reached, the ones nearest to the other end.</summary>
    private bool Meet(PathSide side, PathSide other)
    {
        _meetings.Clear();
        int nearest = int.MaxValue;
        var (first, end) = side.Last;
        for (int place = first; place < end; place++)
        {
            int concept = side[place].Concept;
            int met = other.PlaceOf(concept);
            if (met < 0 || other[met].Depth > nearest)
                continue;
            if (other[met].Depth < nearest)
                _meetings.Clear();
            nearest = other[met].Depth;
            _meetings.Add(concept);
        }

        return _meetings.Count > 0;
    }
}
