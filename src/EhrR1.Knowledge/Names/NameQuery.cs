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
    private NameRun[] _runs = new NameRun[64];
    private int _runCount;

    /// <summary>The ranks of the query's trigrams, rarest first.</summary>
    public ReadOnlySpan<int> Ranks => _tokens.Ranks;

    /// <summary>The query's signature.</summary>
    public NameSignature Signature => _tokens.Signature;

    /// <summary>The runs to read.</summary>
    public Span<NameRun> Runs => _runs.AsSpan(0, _runCount);

    /// <summary>Begins a query.</summary>
    public void Read(string folded, TokenLookup tokens)
    {
        int most = Encoding.UTF8.GetMaxByteCount(folded.Length);
        if (_utf8.Length < most)
            _utf8 = new byte[most];
        _tokens.Read(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(folded, _utf8)), tokens);
        _count = 0;
        _runCount = 0;
    }

    /// <summary>Takes a run to read.</summary>
    public void Run(NameRun run)
    {
        if (_runCount == _runs.Length)
            Array.Resize(ref _runs, _runCount * 2);
        _runs[_runCount++] = run;
    }

    /// <summary>Takes a posting whose name's trigrams must be counted; a name may come several times.</summary>
    public void Candidate(int run, int at)
    {
        if (_count == _candidates.Length)
            Array.Resize(ref _candidates, _count * 2);
        _candidates[_count++] = (long)run << 32 | (uint)at;
    }

    /// <summary>The candidates: first a run and a place in it, then, in its stead, a name and its size in the lower 16 bits.</summary>
    public Span<long> Candidates => _candidates.AsSpan(0, _count);

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
        AskForNames(text, starts);
        _counter.Set(_tokens.Grams);
        _matches.Clear();
        foreach (long candidate in _candidates.AsSpan(0, _count))
        {
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

    /// <summary>Orders the candidates, each once, and asks for their names, which lie anywhere.</summary>
    private void AskForNames(ReadOnlySpan<byte> text, ReadOnlySpan<long> starts)
    {
        var candidates = _candidates.AsSpan(0, _count);
        candidates.Sort();
        int kept = 0;
        foreach (long candidate in candidates)
        {
            if (kept > 0 && candidate == candidates[kept - 1])
                continue;
            candidates[kept++] = candidate;
            MemoryHint.WillRead(in starts[(int)(candidate >> 16)]);
        }

        _count = kept;
        foreach (long candidate in candidates[..kept])
        {
            // The only name may be the empty one.
            if (starts[(int)(candidate >> 16)] < text.Length)
                MemoryHint.WillRead(in text[(int)starts[(int)(candidate >> 16)]]);
        }
    }
}
