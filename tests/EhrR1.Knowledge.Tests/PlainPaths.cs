namespace EhrR1.Knowledge.Tests;

/// <summary>The plain twin of <see cref="PathFinder"/>: sets and recursion, all paths made and then sorted, as docs/terminology.md says it.</summary>
internal sealed class PlainPaths
{
    private readonly Terminology _store;
    private readonly PathOptions _options;
    private readonly List<(int Subject, int Kind, int Object)> _relations;
    private readonly SortedSet<int>[] _neighbours;
    private readonly SortedSet<int>[] _passable;

    public PlainPaths(Terminology store, PathOptions options)
    {
        _store = store;
        _options = options;
        _relations = [.. Enumerable.Range(0, store.ConceptCount).SelectMany(c => store.RelationsFrom(c).ToArray().Select(r => (c, (int)r.Kind, r.Concept)))];
        _neighbours = Neighbours(_relations);
        _passable = Neighbours(_relations.Where(r => !IsExcluded(store.RelationName(r.Kind))));
    }

    /// <summary>All shortest paths by one plain search from the one end, without limits: their concepts, best first.</summary>
    public List<int[]> All(int from, int to)
    {
        var depths = new Dictionary<int, int> { [from] = 0 };
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out int concept))
        {
            foreach (int next in _passable[concept])
            {
                if (depths.TryAdd(next, depths[concept] + 1))
                    queue.Enqueue(next);
            }
        }

        if (from == to || !depths.TryGetValue(to, out int length) || length > _options.MostEdges)
            return [];
        return Sorted(Ways(to).Select(w => w.Reverse().ToArray()));

        IEnumerable<IEnumerable<int>> Ways(int concept) => concept == from ? [[from]] :
            _passable[concept].Where(p => depths.GetValueOrDefault(p, -1) == depths[concept] - 1).SelectMany(p => Ways(p).Select(w => w.Prepend(concept)));
    }

    /// <summary>The paths of two sides with their limits.</summary>
    public List<int[]> Limited(int from, int to)
    {
        if (from == to)
            return [];
        var (low, high) = (new Side(this, Math.Min(from, to)), new Side(this, Math.Max(from, to)));
        while (low.Levels.Count + high.Levels.Count - 2 < _options.MostEdges && low.Next.Count + high.Next.Count > 0)
        {
            var side = low.Next.Count == 0 ? high : high.Next.Count == 0 || (low.Work, low.Next.Count).CompareTo((high.Work, high.Next.Count)) <= 0 ? low : high;
            side.Explore();
            if (!low.Levels.SelectMany(l => l).Intersect(high.Levels.SelectMany(l => l)).Any())
                continue;
            for (int length = 1; ; length++)
            {
                var found = Between(low, high, length).ToList();
                if (found.Count > 0)
                    return [.. Sorted(found).Select(p => from < to ? p : [.. p.Reverse()])];
            }
        }

        return [];
    }

    private IEnumerable<int[]> Between(Side low, Side high, int length)
    {
        // To some concept all before it are explored from the low end, and all after it from the high end.
        return Walks([low.Levels[0].Single()]).Where(w => Enumerable.Range(0, length + 1).Any(m => w[..m].All(low.Explored.Contains) && w[(m + 1)..].All(high.Explored.Contains)));

        IEnumerable<int[]> Walks(int[] walk) => walk.Length > length
            ? walk[^1] == high.Levels[0].Single() ? [walk] : []
            : _passable[walk[^1]].Where(n => !walk.Contains(n)).SelectMany(n => Walks([.. walk, n]));
    }

    private List<int[]> Sorted(IEnumerable<int[]> paths) =>
        [.. paths.OrderBy(Cost).ThenBy(p => string.Join('\u0001', (p[0] < p[^1] ? p : p.Reverse()).Select(c => $"{_store.Name(c)}\u0001{c:d4}")), StringComparer.Ordinal).Take(_options.MostPaths)];

    private int Cost(int[] path)
    {
        int cost = path[1..^1].Sum(c => Bits(_neighbours[c].Count));
        for (int i = 1; i < path.Length; i++)
        {
            var between = _relations.Where(r => (r.Subject, r.Object) == (path[i - 1], path[i]) || (r.Object, r.Subject) == (path[i - 1], path[i]));
            cost += between.Select(r => _store.RelationName(r.Kind)).Where(n => !IsExcluded(n)).Min(name =>
                Bits(1 + _relations.Count(r => _store.RelationName(r.Kind) is var other && (other == name || other == RelationNames.Reversed(name)))));
        }

        return cost;
    }

    private bool IsExcluded(string relation) => _options.ExcludedRelations.Contains(relation.Replace('_', ' '), StringComparer.OrdinalIgnoreCase);

    private static int Bits(int count) => (int)Math.Round(Math.Log2(count) * 1024);

    private SortedSet<int>[] Neighbours(IEnumerable<(int Subject, int Kind, int Object)> relations)
    {
        var sets = Enumerable.Range(0, _store.ConceptCount).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (subject, _, @object) in relations)
        {
            sets[subject].Add(@object);
            sets[@object].Add(subject);
        }

        return sets;
    }

    private sealed class Side(PlainPaths paths, int end)
    {
        public List<HashSet<int>> Levels { get; } = [[end]];

        public HashSet<int> Explored { get; } = [];

        public List<int> Next { get; private set; } = [end];

        public int Work => Next.Sum(c => paths._neighbours[c].Count);

        public void Explore()
        {
            var before = Levels.SelectMany(l => l).ToHashSet();
            Explored.UnionWith(Next);
            Levels.Add([.. Next.SelectMany(c => paths._passable[c]).Where(c => !before.Contains(c))]);
            Next = [.. Levels[^1].Where(c => paths._neighbours[c].Count > 1).OrderBy(c => paths._neighbours[c].Count).ThenBy(c => c).Take(paths._options.MostNodes - Explored.Count)];
        }
    }
}
