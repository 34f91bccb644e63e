using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>Finds how concepts are related: the shortest paths over the relations of a terminology, the most telling first.</summary>
/// <remarks>
/// <para>Relations are taken both ways. A path goes by its concepts: between two of them stands the most specific of their
/// relations, one that reads in the direction of the path before one that is walked backwards. Paths of one length are ordered
/// by what they cost: the sum of log₂ of the number of neighbours of the concepts between the ends, and of log₂ of 1 + the
/// number of relations of each step's kind; then by the names along the path, from the end with the lower number. So a path
/// over a generic concept, or over relations that hold of almost everything, stands behind.</para>
/// <para>A concept never comes twice, so no step goes straight back over the one before. From b to a the same paths are found,
/// turned round. The result depends on the terminology and the options alone. Safe for any number of threads.
/// Method: docs/terminology.md, "Paths".</para>
/// </remarks>
public sealed class PathFinder
{
    private readonly PathOptions _options;
    private readonly PathGraph _graph;
    private readonly ConcurrentBag<PathSearch> _searches = [];
    private readonly ConcurrentDictionary<(int From, int To), IReadOnlyList<ConceptPath>> _cache = [];
    private readonly ConcurrentQueue<(int From, int To)> _cached = [];

    /// <summary>Makes a finder.</summary>
    /// <param name="terminology">Where the relations are; it must stay open.</param>
    /// <param name="options">How to look, or <see langword="null"/> for the defaults.</param>
    public PathFinder(Terminology terminology, PathOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terminology);
        _options = options ?? new PathOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MostEdges, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MostPaths, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MostNodes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.CacheSize, nameof(options));
        _graph = new PathGraph(terminology, _options.ExcludedRelations);
    }

    /// <summary>For how many pairs the answer is remembered now.</summary>
    internal int Remembered => _cache.Count;

    /// <summary>The shortest paths between two concepts, best first; none from a concept to itself.</summary>
    /// <param name="from">The number of the concept at which the paths begin.</param>
    /// <param name="to">The number of the concept at which they end.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The terminology has no such concept.</exception>
    public IReadOnlyList<ConceptPath> Find(int from, int to, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)from, (uint)_graph.ConceptCount, nameof(from));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)to, (uint)_graph.ConceptCount, nameof(to));
        if (from == to)
            return [];
        if (_cache.TryGetValue((from, to), out var known))
            return known;
        var found = Search(from, to, cancellationToken);
        Remember((from, to), found);
        return found;
    }

    /// <summary>The best of the shortest paths between two concepts, or <see langword="null"/> where there is none.</summary>
    /// <inheritdoc cref="Find" path="/param"/>
    /// <inheritdoc cref="Find" path="/exception"/>
    public ConceptPath? Best(int from, int to, CancellationToken cancellationToken = default) =>
        Find(from, to, cancellationToken) is [var best, ..] ? best : null;

    private ConceptPath[] Search(int from, int to, CancellationToken cancellationToken)
    {
        var search = _searches.TryTake(out var idle) ? idle : new PathSearch(_graph, _options);
        // Always from the lower number, so that both directions give the same paths.
        var paths = search.Find(Math.Min(from, to), Math.Max(from, to), cancellationToken);
        _searches.Add(search);
        return [.. paths.Select(p => PathOf(p.Cost, p.Concepts, from > to))];
    }

    private ConceptPath PathOf(int cost, int[] concepts, bool turned)
    {
        if (turned)
            Array.Reverse(concepts);
        var steps = new PathStep[concepts.Length - 1];
        for (int i = 0; i < steps.Length; i++)
            steps[i] = _graph.Step(concepts[i], concepts[i + 1]);
        return new ConceptPath(steps, (double)cost / PathGraph.CostOfABit);
    }

    private void Remember((int From, int To) pair, IReadOnlyList<ConceptPath> paths)
    {
        if (_options.CacheSize == 0 || !_cache.TryAdd(pair, paths))
            return;
        _cached.Enqueue(pair);
        while (_cached.Count > _options.CacheSize && _cached.TryDequeue(out var oldest))
            _cache.TryRemove(oldest, out _);
    }
}
