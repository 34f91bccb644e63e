namespace EhrR1.Knowledge;

/// <summary>One side of a search: the concepts reached from one end, level by level.</summary>
/// <remarks>
/// <para>To explore a concept is to read its relations. Within a level, concepts with fewer neighbours come first, then those
/// with lower numbers, until the side has explored as many as it may; a level that is cut so is the side's last. A concept
/// whose only neighbour is the one that it was reached from leads nowhere: it is neither explored nor counted.</para>
/// <para>Not thread-safe; used again and again.</para>
/// </remarks>
internal sealed class PathSide(PathGraph graph)
{
    private const int Buckets = 1024;

    // How many concepts ahead memory is asked where their relations are, and what they are.
    private const int FindAhead = 12;
    private const int ReadAhead = 5;
    private const int CountAhead = 24;

    private readonly int[] _byNeighbours = new int[Buckets];
    private readonly ConceptPlaces _places = new();
    private readonly List<int> _levels = [];
    private readonly List<int> _next = [];
    private readonly List<int> _met = [];
    private ulong[] _cut = new ulong[1024];
    private Reached[] _reached = new Reached[1024];
    private int _count;
    private int _left;

    /// <summary>The side of the other end.</summary>
    public PathSide? Other { get; set; }

    /// <summary>The concepts that the level explored last reached and that the other side had reached.</summary>
    public IReadOnlyList<int> Met => _met;

    /// <summary>How many levels were reached beyond the end itself.</summary>
    public int Depth => _levels.Count - 2;

    /// <summary>How many neighbours the concepts to be explored next have together.</summary>
    public long NextWork { get; private set; }

    /// <summary>Whether there is nothing left to explore.</summary>
    public bool IsStuck => _next.Count == 0;

    /// <summary>How many concepts are to be explored next.</summary>
    public int NextCount => _next.Count;

    public ref readonly Reached this[int place] => ref _reached[place];

    /// <summary>Begins anew at an end.</summary>
    public void Start(int concept, int mostNodes)
    {
        _levels.Clear();
        _places.Clear();
        _met.Clear();
        _count = 0;
        _left = mostNodes;
        _levels.Add(0);
        _places.FindOrAdd(concept, 0);
        Add(concept, 0, 0);
        _levels.Add(_count);
        _next.Clear();
        if (mostNodes > 0)
            _next.Add(0);
        NextWork = graph.NeighboursOf(concept);
    }

    /// <summary>The place of a concept among the reached, or −1.</summary>
    public int PlaceOf(int concept) => _places.Find(concept);

    /// <summary>The places of a level's concepts.</summary>
    public (int First, int End) Level(int depth) => (_levels[depth], _levels[depth + 1]);

    /// <summary>Explores what is to be explored next: a level, as far as the side may.</summary>
    public void Explore()
    {
        int depth = Depth + 1;
        _met.Clear();
        for (int i = 0; i < _next.Count; i++)
        {
            LookAhead(i);
            ref var reached = ref _reached[_next[i]];
            reached.IsExplored = true;
            int cost = reached.Cost + (depth == 1 ? 0 : graph.NodeCost(reached.Concept));
            int concept = reached.Concept;
            Reach(graph.RelationsFrom(concept), graph.RelationsTo(concept), depth, cost);
        }

        _left -= _next.Count;
        _levels.Add(_count);
        if (_met.Count == 0)
            Choose();
    }

    /// <summary>Asks memory for what the next concepts will need, so that it is there when they come.</summary>
    private void LookAhead(int i)
    {
        if (i + FindAhead < _next.Count)
            graph.WillFind(_reached[_next[i + FindAhead]].Concept);
        if (i + ReadAhead < _next.Count)
            graph.WillRead(_reached[_next[i + ReadAhead]].Concept);
    }

    /// <summary>Reaches the far ends of a concept's relations. Both lists are in their order, so that each end is looked up once.</summary>
    private void Reach(ReadOnlySpan<ConceptRelation> from, ReadOnlySpan<ConceptRelation> to, int depth, int cost)
    {
        var costs = graph.KindCosts;
        int i = 0, j = 0;
        while (i < from.Length || j < to.Length)
        {
            int far = i < from.Length && (j >= to.Length || from[i].Concept <= to[j].Concept) ? from[i].Concept : to[j].Concept;
            int step = PathGraph.Barred;
            for (; i < from.Length && from[i].Concept == far; i++)
                step = Math.Min(step, costs[from[i].Kind]);
            for (; j < to.Length && to[j].Concept == far; j++)
                step = Math.Min(step, costs[to[j].Kind]);
            if (step < PathGraph.Barred)
                Reach(far, depth, cost + step);
        }
    }

    private void Reach(int concept, int depth, int cost)
    {
        int place = _places.FindOrAdd(concept, _count);
        if (place < 0)
        {
            Add(concept, depth, cost);
            if (Other!.PlaceOf(concept) >= 0)
                _met.Add(concept);
        }
        else if (_reached[place].Depth == depth && cost < _reached[place].Cost)
        {
            _reached[place].Cost = cost;
        }
    }

    private void Add(int concept, int depth, int cost)
    {
        if (_count == _reached.Length)
            Array.Resize(ref _reached, _count * 2);
        _reached[_count++] = new Reached { Concept = concept, Cost = cost, Depth = (byte)depth };
    }

    /// <summary>Chooses what to explore of the level reached last.</summary>
    private void Choose()
    {
        _next.Clear();
        NextWork = 0;
        var (first, end) = Level(Depth);
        if (_left == 0 || first == end)
            return;
        _byNeighbours.AsSpan().Clear();
        for (int place = first; place < end; place++)
        {
            if (place + CountAhead < end)
                graph.WillCount(_reached[place + CountAhead].Concept);
            int neighbours = graph.NeighboursOf(_reached[place].Concept);
            _reached[place].Neighbours = neighbours;
            _byNeighbours[Bucket(neighbours)]++;
        }

        // Whole buckets are taken as they are; only the one in which the side's budget ends must be put in order.
        int whole = 2, taken = 0;
        while (whole < Buckets && taken + _byNeighbours[whole] <= _left)
            taken += _byNeighbours[whole++];
        int cut = 0;
        if (whole < Buckets && _cut.Length < _byNeighbours[whole])
            _cut = new ulong[_byNeighbours[whole]];
        for (int place = first; place < end; place++)
        {
            int bucket = Bucket(_reached[place].Neighbours);
            if (bucket >= 2 && bucket < whole)
                Take(place);
            else if (bucket == whole)
                _cut[cut++] = (ulong)_reached[place].Neighbours << 32 | (uint)_reached[place].Concept;
        }

        if (whole == Buckets)
            return;
        LeastValues.MoveFirst(_cut.AsSpan(0, cut), _left - taken);
        foreach (ulong key in _cut.AsSpan(0, _left - taken))
            Take(PlaceOf((int)key));
    }

    private static int Bucket(int neighbours) => Math.Min(neighbours, Buckets - 1);

    private void Take(int place)
    {
        _next.Add(place);
        NextWork += _reached[place].Neighbours;
    }

    /// <summary>A concept that was reached.</summary>
    internal struct Reached
    {
        public int Concept;

        /// <summary>The least cost of a way to it, without its own.</summary>
        public int Cost;

        /// <summary>How many concepts stand in a relation to it; known once its level is the last.</summary>
        public int Neighbours;

        public byte Depth;
        public bool IsExplored;
    }
}
