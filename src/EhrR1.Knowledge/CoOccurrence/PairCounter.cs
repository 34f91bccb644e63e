using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Counts in how many samples of one task a target term occurs with a history term; when memory runs short, what was counted is written to a file, sorted.</summary>
/// <param name="spillPath">The file to spill to; it is made when it is needed and deleted afterwards.</param>
/// <remarks>Counts are exact however often it spills. Not thread-safe.</remarks>
internal sealed class PairCounter(string spillPath) : IDisposable
{
    private readonly Dictionary<int, CountRow> _rows = [];
    private readonly SpillFile<PairCount> _spilled = new(spillPath);
    private long[] _with = [];

    /// <summary>The memory that the pairs take, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many samples were counted.</summary>
    public long Samples { get; private set; }

    /// <summary>How many pairs were counted, each as often as it occurred.</summary>
    public long Increments { get; private set; }

    /// <summary>How many times the memory was full.</summary>
    public int Spills => _spilled.Runs;

    /// <summary>In how many samples a term occurs, in target or history.</summary>
    public long With(int term) => term < _with.Length ? _with[term] : 0;

    /// <summary>Counts a sample.</summary>
    /// <param name="targets">The terms of the target, each once.</param>
    /// <param name="history">The terms of the history, each once.</param>
    /// <param name="union">The terms of both, each once.</param>
    /// <param name="termCount">How many terms there are: each is below.</param>
    public void Add(List<int> targets, List<int> history, List<int> union, int termCount)
    {
        var terms = CollectionsMarshal.AsSpan(history);
        Samples++;
        if (_with.Length < termCount)
            Array.Resize(ref _with, Math.Max(termCount, _with.Length * 2));
        foreach (int term in union)
            _with[term]++;
        foreach (int target in targets)
        {
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, target, out _);
            row ??= Begun();
            long before = row.Bytes;
            row.Add(terms, termCount);
            Bytes += row.Bytes - before;
        }

        Increments += (long)targets.Count * history.Count;
    }

    /// <summary>Writes what is held to disk and forgets it.</summary>
    public void Spill()
    {
        _spilled.Add(Held());
        _rows.Clear();
        Bytes = 0;
    }

    /// <summary>All pairs by target and history, in parts that each are sorted; the same pair may be in several.</summary>
    public IEnumerable<IEnumerable<PairCount>> Parts() => Enumerable.Range(0, _spilled.Runs).Select(_spilled.Read).Append(Held());

    /// <summary>All pairs of several counters by target and history, each once.</summary>
    public static IEnumerable<PairCount> Merge(IEnumerable<PairCounter> counters)
    {
        PairCount? sum = null;
        foreach (var pair in SortedMerge.Of(counters.SelectMany(c => c.Parts())))
        {
            if (sum is { } before && before.CompareTo(pair) == 0)
            {
                sum = before with { Samples = before.Samples + pair.Samples };
                continue;
            }

            if (sum is { } done)
                yield return done;
            sum = pair;
        }

        if (sum is { } last)
            yield return last;
    }

    /// <inheritdoc/>
    public void Dispose() => _spilled.Dispose();

    private CountRow Begun()
    {
        var row = new CountRow();
        // A dictionary's entry and the row's own fields.
        Bytes += row.Bytes + 120;
        return row;
    }

    private IEnumerable<PairCount> Held() => _rows.OrderBy(r => r.Key).SelectMany(r => r.Value.Sorted().Select(c => new PairCount(r.Key, c.Term, c.Count)));
}
