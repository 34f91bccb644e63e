using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>What the items and concepts of a whole workspace are called, so that an item of another patient is known for one.</summary>
/// <remarks>Filled by one thread, then safe for any number of threads. Memory grows with the different names.</remarks>
public sealed class GroundingVocabulary
{
    private static readonly PhraseTable _common = PhraseTable.Of(ChainRules.BuiltIn.CommonWords);
    private readonly PhraseTable _items = new();
    private readonly List<int> _typesOfItem = [];
    private readonly PhraseTable _concepts = new();
    private readonly List<string> _conceptNames = [];

    /// <summary>The number of items and concepts.</summary>
    public int Count => _items.Count + _concepts.Count;

    /// <summary>Adds a name that items of an event type have.</summary>
    public void AddItem(EventType type, string name)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(name);
        if (!IsTelling(name))
            return;
        int number = _items.Add(name, _typesOfItem.Count);
        if (number == _typesOfItem.Count)
            _typesOfItem.Add(0);
        if (number >= 0)
            _typesOfItem[number] |= 1 << type.Rank;
    }

    /// <summary>Adds the answers of all decision tasks, each to the event type that the task asks for.</summary>
    public void Add(LabelCounts labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var task in TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && t.AnchorEvent is not null && !t.IsFreeText))
        {
            foreach (var (label, _) in labels.VocabularyOf(task.Name))
                AddItem(EventCatalog.Get(task.AnchorEvent!), label);
        }
    }

    /// <summary>Adds a concept's name.</summary>
    public void AddConcept(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsTelling(name) && _concepts.Add(name, _conceptNames.Count) == _conceptNames.Count)
            _conceptNames.Add(name);
    }

    /// <summary>Adds the concepts of a graph: its facts, its items and what its paths lead over.</summary>
    public void Add(ThinkingGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (var fact in graph.Facts.Where(f => f.Kind is not (TermKind.Care or TermKind.Order)))
        {
            AddConcept(fact.Term);
            AddConcept(fact.Name);
        }

        foreach (var target in graph.Targets)
        {
            AddConcept(target.Term);
            AddConcept(target.Name);
        }

        foreach (var path in graph.Edges.SelectMany(e => e.Paths))
        {
            for (int i = 0; i < path.Count; i += 2)
                AddConcept(path[i]);
        }
    }

    /// <summary>The longest item that begins at a word, with the event types that have it, as bits of their ranks.</summary>
    internal int MatchItem(ReadOnlySpan<ChainWord> words, int at, out int types)
    {
        int length = _items.Match(words, at, out int number);
        types = length > 0 ? _typesOfItem[number] : 0;
        return length;
    }

    /// <summary>The longest concept that begins at a word.</summary>
    internal int MatchConcept(ReadOnlySpan<ChainWord> words, int at, out string name)
    {
        int length = _concepts.Match(words, at, out int number);
        name = length > 0 ? _conceptNames[number] : "";
        return length;
    }

    // Everyday words and scraps would be found in any sentence.
    private static bool IsTelling(string name) => name.Length >= 3 && !_common.Contains(name);
}
