namespace EhrR1.Models;

/// <summary>Merges a long piece in n log n steps.</summary>
/// <remarks>
/// The library's merging takes the square of a piece's length: a line of a million dashes would take minutes. Here pairs wait in a heap,
/// by rank, then from the left; a pair whose parts have changed meanwhile is passed over. Immutable; safe for use by any number of threads.
/// </remarks>
internal sealed class LongPieceMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> _merges;
    private readonly int[] _ofByte = new int[256];

    public LongPieceMerges(TokenizerFile file)
    {
        for (var b = 0; b < 256; b++)
            _ofByte[b] = file.Vocabulary[ByteAlphabet.LetterOf((byte)b).ToString()];
        _merges = new Dictionary<(int, int), (int, int)>(file.Merges.Count);
        for (var rank = 0; rank < file.Merges.Count; rank++)
        {
            var merge = file.Merges[rank];
            var blank = merge.IndexOf(' ', StringComparison.Ordinal);
            var (left, right) = (merge[..blank], merge[(blank + 1)..]);
            // Of a merge that stands twice, the first counts.
            _merges.TryAdd((file.Vocabulary[left], file.Vocabulary[right]), (rank, file.Vocabulary[left + right]));
        }
    }

    /// <summary>The tokens of a piece.</summary>
    /// <param name="utf8">The piece's bytes.</param>
    public int[] TokensOf(ReadOnlySpan<byte> utf8)
    {
        var ids = new int[utf8.Length];
        var next = new int[utf8.Length];
        var before = new int[utf8.Length];
        for (var i = 0; i < utf8.Length; i++)
            (ids[i], next[i], before[i]) = (_ofByte[utf8[i]], i + 1, i - 1);
        var pairs = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>();
        for (var i = 0; i + 1 < ids.Length; i++)
            Add(i, i + 1);
        while (pairs.TryDequeue(out var pair, out _))
        {
            var right = next[pair.At];
            if (ids[pair.At] != pair.Left || right >= ids.Length || ids[right] != pair.Right)
                continue;
            ids[pair.At] = _merges[(pair.Left, pair.Right)].Merged;
            ids[right] = -1;
            next[pair.At] = next[right];
            if (next[pair.At] < ids.Length)
            {
                before[next[pair.At]] = pair.At;
                Add(pair.At, next[pair.At]);
            }

            if (before[pair.At] >= 0)
                Add(before[pair.At], pair.At);
        }

        return [.. ids.Where(id => id >= 0)];

        void Add(int left, int right)
        {
            if (_merges.TryGetValue((ids[left], ids[right]), out var merge))
                pairs.Enqueue((left, ids[left], ids[right]), (merge.Rank, left));
        }
    }
}
