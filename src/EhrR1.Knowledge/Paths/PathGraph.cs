namespace EhrR1.Knowledge;

/// <summary>A terminology's relations as an undirected graph, and what passing through its parts costs.</summary>
/// <remarks>
/// <para>The cost of a path, in bits: log₂ of the number of neighbours of each concept between its ends, and log₂ of 1 + the
/// number of relations of the kind of each step, both directions' names counted together. It is how surprising a random walk
/// that takes the path would be, turned round: what goes through few hands says much. Costs are whole multiples of 2⁻¹⁰ bit, so that
/// sums do not depend on their order.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class PathGraph
{
    public const int CostOfABit = 1 << 10;

    /// <summary>More than any path costs: the cost of a step that no path may take.</summary>
    public const int Barred = int.MaxValue / 2;

    // Nearly all concepts have so few neighbours; logarithms take longer than looking them up.
    private static readonly int[] _few = [.. Enumerable.Range(0, 4096).Select(n => Bits(n))];

    private readonly Terminology _terminology;
    private readonly int[] _kindCosts;
    private readonly int[] _kindClasses;

    public PathGraph(Terminology terminology, IEnumerable<string> excluded)
    {
        _terminology = terminology;
        var barred = excluded.Select(RelationNames.Plain).ToHashSet(StringComparer.Ordinal);
        _kindCosts = new int[terminology.RelationNameCount];
        _kindClasses = new int[_kindCosts.Length];
        var names = new string[_kindCosts.Length];
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int kind = 0; kind < names.Length; kind++)
        {
            names[kind] = RelationNames.Plain(terminology.RelationName(kind));
            kinds.TryAdd(names[kind], kind);
        }

        var counts = new long[names.Length];
        for (int kind = 0; kind < names.Length; kind++)
        {
            // A relation and its inverse are one thing said twice. Where inverses do not lead back, the first pair holds.
            int same = kinds[names[kind]];
            int inverse = kinds.GetValueOrDefault(RelationNames.Reversed(names[kind]), same);
            bool mutual = kinds.GetValueOrDefault(RelationNames.Reversed(names[inverse]), inverse) == same;
            _kindClasses[kind] = mutual ? Math.Min(same, inverse) : same;
            counts[_kindClasses[kind]] += terminology.RelationCount(kind);
        }

        for (int kind = 0; kind < names.Length; kind++)
            _kindCosts[kind] = barred.Contains(names[kind]) ? Barred : Bits(1 + counts[_kindClasses[kind]]);
    }

    public int ConceptCount => _terminology.ConceptCount;

    /// <summary>The costs of a step by the relation's kind.</summary>
    public ReadOnlySpan<int> KindCosts => _kindCosts;

    /// <summary>How many concepts stand in a relation to one.</summary>
    public int NeighboursOf(int concept) => _terminology.NeighbourCount(concept);

    public int RowsOf(int concept) => RelationsFrom(concept).Length + RelationsTo(concept).Length;

    public ReadOnlySpan<ConceptRelation> RelationsFrom(int concept) => _terminology.RelationsFrom(concept);

    public ReadOnlySpan<ConceptRelation> RelationsTo(int concept) => _terminology.RelationsTo(concept);

    /// <inheritdoc cref="Terminology.WillFindRelations"/>
    public void WillFind(int concept) => _terminology.WillFindRelations(concept);

    /// <inheritdoc cref="Terminology.WillReadRelations"/>
    public void WillRead(int concept) => _terminology.WillReadRelations(concept);

    /// <inheritdoc cref="Terminology.WillCountNeighbours"/>
    public void WillCount(int concept) => _terminology.WillCountNeighbours(concept);

    /// <summary>The cost of passing through a concept.</summary>
    public int NodeCost(int concept) => CostOf(NeighboursOf(concept));

    /// <summary>The cost of passing through a concept with so many neighbours.</summary>
    public static int CostOf(int neighbours) => neighbours < _few.Length ? _few[neighbours] : Bits(neighbours);

    /// <summary>The cost of the best step between two concepts, the same both ways; <see cref="Barred"/> where there is none.</summary>
    public int StepCost(int from, int to)
    {
        int cost = Barred;
        foreach (var relation in Between(RelationsFrom(from), to))
            cost = Math.Min(cost, _kindCosts[relation.Kind]);
        foreach (var relation in Between(RelationsTo(from), to))
            cost = Math.Min(cost, _kindCosts[relation.Kind]);
        return cost;
    }

    /// <summary>The best step between two concepts: of the rarest kind, then walked as it reads, then the first by its name.</summary>
    public PathStep Step(int from, int to)
    {
        var best = (Cost: Barred, Class: 0, IsReversed: false, Kind: -1);
        foreach (var relation in Between(RelationsFrom(from), to))
            Offer(relation.Kind, isReversed: false);
        foreach (var relation in Between(RelationsTo(from), to))
            Offer(relation.Kind, isReversed: true);
        return new PathStep(from, best.Kind, best.IsReversed, to);

        void Offer(int kind, bool isReversed)
        {
            var offered = (_kindCosts[kind], _kindClasses[kind], isReversed, kind);
            if (offered.Item1 < Barred && offered.CompareTo(best) < 0)
                best = offered;
        }
    }

    /// <summary>Compares two concepts by the bytes of their names, then by their numbers.</summary>
    public int CompareNames(int one, int other)
    {
        if (one == other)
            return 0;
        int order = _terminology.NameBytes(one).SequenceCompareTo(_terminology.NameBytes(other));
        return order != 0 ? order : one.CompareTo(other);
    }

    private static int Bits(long count) => (int)Math.Round(Math.Log2(Math.Max(1, count)) * CostOfABit);

    /// <summary>The relations to one far end, among those in the order of the far ends.</summary>
    private static ReadOnlySpan<ConceptRelation> Between(ReadOnlySpan<ConceptRelation> relations, int far)
    {
        int first = FirstFrom(relations, far);
        int end = first;
        while (end < relations.Length && relations[end].Concept == far)
            end++;
        return relations[first..end];
    }

    private static int FirstFrom(ReadOnlySpan<ConceptRelation> relations, int far)
    {
        int low = 0, high = relations.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (relations[middle].Concept < far)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
