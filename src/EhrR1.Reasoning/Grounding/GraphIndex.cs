using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Which concepts a thinking graph joins, and by which relations, found by their names.</summary>
/// <remarks>A term of the record and the concept that it names count as one. Made once a graph; then safe for any number of threads.</remarks>
internal sealed class GraphIndex
{
    private const int FirstOwnFamily = 10_000;
    private readonly PhraseTable _names = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<int> _groupOf = [];
    private readonly List<string> _nameOf = [];
    private readonly HashSet<long> _joined = [];
    private readonly Dictionary<long, List<int>> _relations = [];
    private readonly Dictionary<string, int> _ownRelations = new(StringComparer.OrdinalIgnoreCase);

    public GraphIndex(ThinkingGraph graph)
    {
        foreach (var fact in graph.Facts)
        {
            Unite(Number(fact.Term), Number(fact.Name));
            Unite(Number(fact.Term), Number(fact.Text));
        }

        foreach (var target in graph.Targets)
            Unite(Number(target.Term), Number(target.Name));
        foreach (var edge in graph.Edges)
        {
            int fact = Number(graph.Facts[edge.Fact].Name), target = Number(graph.Targets[edge.Target].Name);
            _joined.Add(Key(fact, target));
            foreach (var path in edge.Paths)
                AddPath(path, fact, target);
        }
    }

    /// <summary>Relations of this graph that the rules do not know.</summary>
    public PhraseTable OwnRelations { get; } = new();

    /// <summary>The longest name that begins at a word, with its number.</summary>
    public int Match(ReadOnlySpan<ChainWord> words, int at, out int number) => _names.Match(words, at, out number);

    /// <summary>Whether a text is a name of the graph.</summary>
    public bool IsName(ReadOnlySpan<char> text) => _names.Contains(text);

    /// <summary>The text of a name.</summary>
    public string NameOf(int number) => _nameOf[number];

    /// <summary>Whether two names mean the same.</summary>
    public bool AreOne(int one, int other) => _groupOf[one] == _groupOf[other];

    /// <summary>Whether an edge or a path joins two names.</summary>
    public bool AreJoined(int one, int other) => _joined.Contains(Key(one, other));

    /// <summary>The relations that lead from one name straight to another; empty where none does.</summary>
    public IReadOnlyList<int> RelationsOf(int from, int to) => _relations.TryGetValue(Ordered(from, to), out var codes) ? codes : [];

    /// <summary>The names that mean the same as a name.</summary>
    public IEnumerable<string> AliasesOf(ReadOnlySpan<char> name)
    {
        int length = _names.Match(ChainWord.Read(name), 0, out int number);
        return length == 0 ? [] : Enumerable.Range(0, _nameOf.Count).Where(i => AreOne(i, number)).Select(i => _nameOf[i]);
    }

    private void AddPath(IReadOnlyList<string> path, int fact, int target)
    {
        var names = new int[(path.Count + 1) / 2];
        for (int i = 0; i < names.Length; i++)
            names[i] = Number(path[i * 2]);
        for (int i = 0; i < names.Length; i++)
        {
            _joined.Add(Key(fact, names[i]));
            _joined.Add(Key(names[i], target));
            for (int j = i + 1; j < names.Length; j++)
                _joined.Add(Key(names[i], names[j]));
            if (i + 1 == names.Length)
                continue;
            int code = CodeOf(path[(i * 2) + 1]);
            AddRelation(names[i], names[i + 1], code);
            AddRelation(names[i + 1], names[i], code < 0 ? code : code ^ 1);
        }
    }

    private void AddRelation(int from, int to, int code)
    {
        if (!_relations.TryGetValue(Ordered(from, to), out var codes))
            _relations.Add(Ordered(from, to), codes = []);
        if (!codes.Contains(code))
            codes.Add(code);
    }

    // A graph's paths name the same few things over and over: each is read once.
    private int CodeOf(string relation)
    {
        if (!_codes.TryGetValue(relation, out int code))
            _codes.Add(relation, code = Read(relation));
        return code;
    }

    private int Read(string relation)
    {
        var words = ChainWord.Read(relation);
        if (ChainRules.BuiltIn.RelationTable.Match(words, 0, out int code) == words.Length)
            return code;
        if (_ownRelations.TryGetValue(relation, out code))
            return code;
        code = RelationWording.CodeOf(FirstOwnFamily + _ownRelations.Count, isInverse: false);
        _ownRelations.Add(relation, code);
        _ownRelations.TryAdd(RelationNames.Reversed(relation), code ^ 1);
        foreach (var (wording, number) in _ownRelations)
            OwnRelations.Add(wording, number);
        return code;
    }

    private int Number(string name)
    {
        if (_numbers.TryGetValue(name, out int number))
            return number;
        number = _names.Add(name, _nameOf.Count);
        if (number == _nameOf.Count)
        {
            _nameOf.Add(name);
            _groupOf.Add(number);
        }

        _numbers.Add(name, number = Math.Max(number, 0));
        return number;
    }

    private void Unite(int one, int other)
    {
        int from = _groupOf[other], to = _groupOf[one];
        if (from == to)
            return;
        for (int i = 0; i < _groupOf.Count; i++)
        {
            if (_groupOf[i] == from)
                _groupOf[i] = to;
        }
    }

    private long Key(int one, int other)
    {
        long a = _groupOf[one], b = _groupOf[other];
        return a < b ? (a << 32) | b : (b << 32) | a;
    }

    private long Ordered(int from, int to) => ((long)_groupOf[from] << 32) | (uint)_groupOf[to];
}
