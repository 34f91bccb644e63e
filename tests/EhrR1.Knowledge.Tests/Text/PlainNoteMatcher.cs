namespace EhrR1.Knowledge.Tests;

/// <summary>Windows, overlaps and best matches as they are defined, in quadratic time.</summary>
internal static class PlainNoteMatcher
{
    /// <summary>Start, length and preferred name of each mention, in the order of the text.</summary>
    public static List<(int Start, int Length, string Name)> Find(Terminology store, string text, OverlapCriterion criterion, bool bestMatch)
    {
        var words = new NoteWords(NoteRules.BuiltIn, new NoteVocabulary());
        var folded = NameIndex.Fold(text);
        var tokens = new NoteTokenizer(words).Read(text, folded, []);
        var all = new List<(int Start, int Length, double Similarity, List<int> Concepts)>();
        for (int first = 0; first < tokens.Count; first++)
        {
            for (int last = first; last < tokens.Count; last++)
            {
                var window = tokens[first..(last + 1)];
                if (!IsWindow(window, words))
                    continue;
                var parts = window.Where((t, i) => t.Length > 0 && !(i > 0 && i < window.Count - 1 && words.IsArticle(t.Word))).ToList();
                var query = string.Concat(parts.Select((t, i) => (i > 0 && HasBlank(text, parts[i - 1].End, t.Start) ? " " : "") + folded.Substring(t.Start, t.Length)));
                var found = Similar(store, query);
                if (found.Count > 0)
                    all.Add((window[0].Start, window[^1].End - window[0].Start, found.Max(f => f.Similarity), Concepts(found, bestMatch)));
            }
        }

        return [.. (bestMatch ? Best(all, criterion) : all).SelectMany(w => w.Concepts.Select(c => (w.Start, w.Length, store.Name(c)))).Order()];
    }

    private static bool IsWindow(List<NoteToken> window, NoteWords words) =>
        window[0].IsWord && window[^1].IsWord && !words.IsStop(window[0].Word) && !words.IsStop(window[^1].Word)
        && window.Count(t => t.IsWord) <= 5 && window[^1].End - window[0].Start >= 3
        && window.Exists(t => t.Kind == NoteTokenKind.Word && !words.IsStop(t.Word))
        && window.TrueForAll(t => t.Kind is NoteTokenKind.Word or NoteTokenKind.Number or NoteTokenKind.Joint or NoteTokenKind.LineEnd);

    // What stands between two tokens beside articles is blank.
    private static bool HasBlank(string text, int from, int to) => text[from..to].Any(char.IsWhiteSpace);

    private static List<(int Concept, double Similarity)> Similar(Terminology store, string query)
    {
        var threshold = SimilarityThreshold.Default;
        int x = Grams(query).Count;
        var distinctions = new NameDistinctions(NoteRules.BuiltIn);
        return [.. from number in Enumerable.Range(0, store.Names.Count)
                   let name = store.Names.Name(number)
                   let shared = Shared(query, name)
                   let y = Grams(name).Count
                   where 10 * shared >= 7 * (x + y - shared) && distinctions.Agree(query, name)
                   from concept in store.ConceptsOf(number).ToArray()
                   select (concept, threshold.Similarity(x, y, shared))];
    }

    private static List<int> Concepts(List<(int Concept, double Similarity)> found, bool bestMatch)
    {
        double best = found.Max(f => f.Similarity);
        return [.. found.Where(f => !bestMatch || f.Similarity == best).Select(f => f.Concept).Distinct()];
    }

    private static List<(int Start, int Length, double Similarity, List<int> Concepts)> Best(List<(int Start, int Length, double Similarity, List<int> Concepts)> left, OverlapCriterion criterion)
    {
        var chosen = new List<(int Start, int Length, double Similarity, List<int> Concepts)>();
        while (left.Count > 0)
        {
            var best = criterion == OverlapCriterion.Length
                ? left.MaxBy(w => (w.Length, w.Similarity, -w.Start))
                : left.MaxBy(w => (w.Similarity, w.Length, -w.Start));
            chosen.Add(best);
            left = [.. left.Where(w => w.Start >= best.Start + best.Length || w.Start + w.Length <= best.Start)];
        }

        return chosen;
    }

    private static int Shared(string one, string other)
    {
        var others = Grams(other);
        return Grams(one).Count(others.Remove);
    }

    private static List<string> Grams(string text)
    {
        text = text.PadRight(3, '\u0001');
        return [.. Enumerable.Range(0, text.Length - 2).Select(i => text.Substring(i, 3))];
    }
}
