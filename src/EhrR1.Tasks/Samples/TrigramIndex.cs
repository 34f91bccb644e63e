using System.Runtime.InteropServices;

namespace EhrR1.Tasks;

/// <summary>Finds the entries of a vocabulary that look most like a label, by the Jaccard similarity of their character trigrams.</summary>
/// <remarks>
/// Trigrams are of the lower-cased text with two blanks before and one after it, so that beginnings weigh more and short names have some.
/// Postings instead of pairs: the time depends on what is shared, not on the vocabulary's size. Immutable; safe for use by any number of threads.
/// </remarks>
internal sealed class TrigramIndex
{
    private readonly IReadOnlyList<string> _entries;
    private readonly int[] _sizes;
    private readonly Dictionary<ulong, List<int>> _postings = [];

    public TrigramIndex(IReadOnlyList<string> entries)
    {
        _entries = entries;
        _sizes = new int[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var trigrams = TrigramsOf(entries[i]);
            _sizes[i] = trigrams.Count;
            foreach (var trigram in trigrams)
                (CollectionsMarshal.GetValueRefOrAddDefault(_postings, trigram, out _) ??= []).Add(i);
        }
    }

    /// <summary>The nearest entries with their similarity, the nearest first, equally near ones in the vocabulary's order; entries that share nothing are not among them.</summary>
    public IReadOnlyList<(int Entry, double Similarity)> Nearest(string label, int count)
    {
        var trigrams = TrigramsOf(label);
        var shared = new Dictionary<int, int>();
        foreach (var trigram in trigrams)
        {
            if (!_postings.TryGetValue(trigram, out var entries))
                continue;
            foreach (var entry in entries)
                CollectionsMarshal.GetValueRefOrAddDefault(shared, entry, out _)++;
        }

        return
        [
            .. shared
                .Select(s => (Entry: s.Key, Similarity: s.Value / (double)(trigrams.Count + _sizes[s.Key] - s.Value)))
                .OrderByDescending(s => s.Similarity)
                .ThenBy(s => s.Entry)
                .Take(count),
        ];
    }

    public string this[int entry] => _entries[entry];

    private static HashSet<ulong> TrigramsOf(string text)
    {
        var padded = $"  {text.ToLowerInvariant()} ";
        var trigrams = new HashSet<ulong>(padded.Length);
        for (var i = 0; i + 2 < padded.Length; i++)
            trigrams.Add(padded[i] | ((ulong)padded[i + 1] << 16) | ((ulong)padded[i + 2] << 32));
        return trigrams;
    }
}
