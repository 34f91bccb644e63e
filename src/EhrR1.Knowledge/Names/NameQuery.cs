using System.Text;

namespace EhrR1.Knowledge;

/// <summary>The buffers of one query: its trigrams, its candidates and what is counted of them.</summary>
/// <remarks>Not thread-safe; each thread has its own.</remarks>
internal sealed class NameQuery
{
    private readonly TokenReader _tokens = new();
    private readonly GramCounter _counter = new();
    private readonly List<NameMatch> _matches = [];
    private byte[] _utf8 = new byte[512];
    private long[] _candidates = new long[64];
    private int _count;

    /// <summary>The ranks of the query's trigrams, rarest first.</summary>
    public ReadOnlySpan<int> Ranks => _tokens.Ranks;

    /// <summary>The query's signature.</summary>
    public NameSignature Signature => _tokens.Signature;

    /// <summary>Begins a query.</summary>
    public void Read(string folded, TokenLookup tokens)
    {
        int most = Encoding.UTF8.GetMaxByteCount(folded.Length);
        if (_utf8.Length < most)
            _utf8 = new byte[most];
        _tokens.Read(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(folded, _utf8)), tokens);
        _count = 0;
    }

    /// <summary>Takes a name whose trigrams must be counted; it may come several times.</summary>
    public void Candidate(int name, int size)
    {
        if (_count == _candidates.Length)
            Array.Resize(ref _candidates, _count * 2);
        _candidates[_count++] = (long)name << 16 | (uint)size;
    }

    /// <summary>Drops the candidates whose signatures differ too much.</summary>
    public void KeepBySignature(ReadOnlySpan<NameSignature> signatures, SimilarityThreshold threshold)
    {
        var signature = Signature;
        int x = Ranks.Length, kept = 0, size = 0, differ = 0;
        foreach (long candidate in _candidates.AsSpan(0, _count))
        {
            int y = (int)(candidate & 0xFFFF);
            if (y != size)
            {
                size = y;
                differ = x + y - (2 * threshold.LeastOverlap(x, y));
            }

            if (signature.Distance(signatures[(int)(candidate >> 16)]) <= differ)
                _candidates[kept++] = candidate;
        }

        _count = kept;
    }

    /// <summary>Counts what each candidate shares with the query.</summary>
    public NameMatch[] Matches(ReadOnlySpan<byte> text, ReadOnlySpan<long> starts, SimilarityThreshold threshold)
    {
        if (_count == 0)
            return [];
        int x = Ranks.Length;
        var candidates = _candidates.AsSpan(0, _count);
        candidates.Sort();
        _counter.Set(_tokens.Grams);
        _matches.Clear();
        long last = -1;
        foreach (long candidate in candidates)
        {
            if (candidate == last)
                continue;
            last = candidate;
            int name = (int)(candidate >> 16), y = (int)(candidate & 0xFFFF);
            int least = threshold.LeastOverlap(x, y);
            int shared = _counter.Shared(text[(int)starts[name]..(int)starts[name + 1]], least);
            if (shared >= least)
                _matches.Add(new NameMatch(name, shared, threshold.Similarity(x, y, shared)));
        }

        var matches = _matches.ToArray();
        matches.AsSpan().Sort(static (a, b) => b.Similarity != a.Similarity ? b.Similarity.CompareTo(a.Similarity) : a.Name.CompareTo(b.Name));
        return matches;
    }
}
