using System.Text;

namespace EhrR1.Models;

/// <summary>The rounds of byte-pair encoding over pieces with their counts.</summary>
/// <remarks>
/// Counts of pairs are kept up to date piece by piece. The queue holds counts as they were: a pair taken from it with an old count is put back with the new.
/// </remarks>
internal sealed class PairMerging
{
    private readonly List<int[]> _words = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<(int Left, int Right), long> _pairs = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly PriorityQueue<(int Left, int Right), (long, int, int)> _queue = new();
    private readonly List<(int Left, int Right)> _merges = [];

    /// <summary>Takes pieces in; tokens below 256 are bytes.</summary>
    public PairMerging(IEnumerable<KeyValuePair<string, long>> pieces)
    {
        foreach (var (piece, count) in pieces)
        {
            int[] word = [.. Encoding.UTF8.GetBytes(piece)];
            if (word.Length < 2)
                continue;
            Count(word, _words.Count, count);
            _words.Add(word);
            _counts.Add(count);
        }

        foreach (var (pair, count) in _pairs)
            Enqueue(pair, count);
    }

    /// <summary>What was merged, in order; the n-th makes token 256 + n.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges => _merges;

    /// <summary>Merges the most frequent pair everywhere.</summary>
    /// <returns><see langword="false"/> where no pair occurs twice.</returns>
    public bool MergeNext()
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var now = _pairs.GetValueOrDefault(pair);
            if (now < 2)
                continue;
            if (now != -priority.Item1)
            {
                Enqueue(pair, now);
                continue;
            }

            Merge(pair);
            return true;
        }

        return false;
    }

    private void Merge((int Left, int Right) pair)
    {
        var made = 256 + _merges.Count;
        _merges.Add(pair);
        var changed = new HashSet<(int, int)>();
        foreach (var place in _places[pair].Order().ToList())
        {
            var before = _words[place];
            var after = Merged(before, pair, made);
            if (after.Length == before.Length)
                continue;
            Count(before, place, -_counts[place], changed);
            Count(after, place, _counts[place], changed);
            _words[place] = after;
        }

        _places.Remove(pair);
        _pairs.Remove(pair);
        changed.Remove(pair);
        foreach (var other in changed)
        {
            if (_pairs.TryGetValue(other, out var count) && count >= 2)
                Enqueue(other, count);
        }
    }

    private static int[] Merged(int[] word, (int Left, int Right) pair, int made)
    {
        var merged = new List<int>(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            if (i + 1 < word.Length && (word[i], word[i + 1]) == pair)
            {
                merged.Add(made);
                i++;
            }
            else
            {
                merged.Add(word[i]);
            }
        }

        return [.. merged];
    }

    private void Count(int[] word, int place, long times, HashSet<(int, int)>? changed = null)
    {
        for (var i = 0; i + 1 < word.Length; i++)
        {
            var pair = (word[i], word[i + 1]);
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + times;
            changed?.Add(pair);
            if (times <= 0)
                continue;
            if (!_places.TryGetValue(pair, out var places))
                _places[pair] = places = [];
            places.Add(place);
        }
    }

    // Most frequent first, then the pair of older tokens.
    private void Enqueue((int Left, int Right) pair, long count) => _queue.Enqueue(pair, (-count, pair.Left, pair.Right));
}
