using System.Collections.Concurrent;

namespace EhrR1.Knowledge;

/// <summary>Finds the concepts that a window's text names, and remembers what it found.</summary>
/// <remarks>
/// <para>What is remembered changes the speed and never the result. The texts are held in two halves; when one is full, the
/// older one is dropped.</para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
internal sealed class WindowLookup
{
    // Longer texts hardly come again.
    private const int LongestRemembered = 100;

    private readonly Terminology _terminology;
    private readonly NoteMatcherOptions _options;
    private readonly NameDistinctions? _distinctions;
    private readonly HashSet<string>? _types;
    private ConcurrentDictionary<string, NoteHit[]> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, NoteHit[]> _old = new(StringComparer.Ordinal);
    private int _count;

    public WindowLookup(Terminology terminology, NoteMatcherOptions options, NoteRules rules)
    {
        _terminology = terminology;
        _options = options;
        _distinctions = options.KeepDistinctions ? new NameDistinctions(rules) : null;
        _types = options.SemanticTypes?.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The concepts, the most similar first, then in the order of their numbers.</summary>
    /// <param name="text">The window's text, in lower case.</param>
    public NoteHit[] Find(ReadOnlySpan<char> text)
    {
        if (_options.Remembered < 2)
            return LookUp(text.ToString());
        var young = Volatile.Read(ref _young);
        if (young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var hits))
            return hits;
        if (Volatile.Read(ref _old).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var old))
        {
            hits = old;
        }
        else
        {
            hits = LookUp(text.ToString());
            if (text.Length > LongestRemembered)
                return hits;
        }

        Remember(young, text.ToString(), hits);
        return hits;
    }

    private void Remember(ConcurrentDictionary<string, NoteHit[]> young, string text, NoteHit[] hits)
    {
        if (!young.TryAdd(text, hits) || Interlocked.Increment(ref _count) < _options.Remembered / 2)
            return;
        // Two threads that drop at once lose what is remembered, and nothing else.
        Volatile.Write(ref _old, young);
        Volatile.Write(ref _young, new(StringComparer.Ordinal));
        Interlocked.Exchange(ref _count, 0);
    }

    private NoteHit[] LookUp(string text)
    {
        var matches = _terminology.Names.Find(text, _options.Threshold);
        if (matches.Count == 0)
            return [];
        var hits = new List<NoteHit>();
        foreach (var match in matches)
        {
            // Matches come with the most similar first.
            if (_options.BestMatch && hits.Count > 0 && match.Similarity < hits[0].Similarity)
                break;
            if (_distinctions?.Agree(text, _terminology.Names.Name(match.Name)) == false)
                continue;
            foreach (int concept in _terminology.ConceptsOf(match.Name))
            {
                if (!hits.Exists(h => h.Concept == concept) && IsOfType(concept))
                    hits.Add(new NoteHit(concept, match.Name, match.Similarity));
            }
        }

        hits.Sort(static (a, b) => b.Similarity != a.Similarity ? b.Similarity.CompareTo(a.Similarity) : a.Concept.CompareTo(b.Concept));
        return [.. hits];
    }

    private bool IsOfType(int concept) => _types is null || _terminology.SemanticTypesOf(concept).Any(_types.Contains);
}
