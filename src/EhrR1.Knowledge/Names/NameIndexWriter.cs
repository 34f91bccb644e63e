using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Writes the arrays of a <see cref="NameIndex"/>: the same names give the same bytes, whatever order they come in.</summary>
/// <param name="names">The lower-cased names, each of at most <see cref="Trigrams.MostCodePoints"/> code points.</param>
/// <param name="postingsAtOnce">How many postings are held in memory, 8 bytes each. The default value is 48 million; a trigram that more names have is held whole.</param>
/// <param name="spillPath">A file for the ranks of the names' trigrams where the postings are more, or <see langword="null"/> to find them anew for each portion. The default value is <see langword="null"/>.</param>
internal sealed class NameIndexWriter(TextTable names, int postingsAtOnce = 48_000_000, string? spillPath = null)
{
    // A span counts its elements in an int.
    private const long MostPostings = int.MaxValue;

    private readonly TokenReader _reader = new();
    private ulong[] _grams = [];
    private ushort[] _repetitions = [];
    private int[] _counts = [];
    private int[] _slots = [];
    private int[] _ranks = [];

    /// <summary>Writes the arrays.</summary>
    /// <returns>The numbers in the table of names, in the order that the index gives them.</returns>
    public int[] Write(SectionWriter writer, CancellationToken cancellationToken)
    {
        CountTokens(cancellationToken);
        writer.Write<ulong>(NameSections.Grams, _grams);
        writer.Write<ushort>(NameSections.Repetitions, _repetitions);
        writer.Write<int>(NameSections.Slots, _slots);
        var (order, sizes, marks) = WriteNames(writer, cancellationToken);
        WritePostings(writer, order, sizes, marks, cancellationToken);
        return order;
    }

    /// <summary>Ranks what the names have by how many have it.</summary>
    private void CountTokens(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(ulong Gram, ushort Repetition), int>();
        long postings = 0;
        for (int i = 0; i < names.Count; i++)
        {
            if (i % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            _reader.ReadGrams(names[i]);
            var grams = _reader.Grams;
            postings += grams.Length;
            ushort repetition = 0;
            for (int j = 0; j < grams.Length; j++)
            {
                repetition = j > 0 && grams[j] == grams[j - 1] ? (ushort)(repetition + 1) : (ushort)1;
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (grams[j], repetition), out _)++;
            }
        }

        if (postings > MostPostings)
            throw new InvalidOperationException($"The names have {postings} trigrams; an index holds at most {MostPostings}.");
        var ranked = counts.Select(p => (p.Value, p.Key.Gram, p.Key.Repetition)).ToArray();
        ranked.AsSpan().Sort();
        _grams = Array.ConvertAll(ranked, t => t.Gram);
        _repetitions = Array.ConvertAll(ranked, t => t.Repetition);
        _counts = Array.ConvertAll(ranked, t => t.Value);
        _slots = TokenLookup.Slots(_grams, _repetitions);
    }

    /// <summary>Orders the names by size, then by their two rarest trigrams, so that names that are read together stand together.</summary>
    private (int[] Order, ushort[] Sizes, ulong[] Marks) WriteNames(SectionWriter writer, CancellationToken cancellationToken)
    {
        var keys = new (ushort Size, int Rarest, int Next, int Name)[names.Count];
        var signatures = new NameSignature[names.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            if (i % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Read(i);
            keys[i] = ((ushort)_reader.Count, _reader.Ranks[0], _reader.Count > 1 ? _reader.Ranks[1] : 0, i);
            signatures[i] = _reader.Signature;
        }

        keys.AsSpan().Sort((a, b) => a.Size != b.Size ? a.Size.CompareTo(b.Size)
            : a.Rarest != b.Rarest ? a.Rarest.CompareTo(b.Rarest)
            : a.Next != b.Next ? a.Next.CompareTo(b.Next)
            : names[a.Name].SequenceCompareTo(names[b.Name]));
        var order = Array.ConvertAll(keys, k => k.Name);
        writer.Begin(NameSections.Text);
        var starts = new long[order.Length + 1];
        for (int i = 0; i < order.Length; i++)
        {
            writer.Append(names[order[i]]);
            starts[i + 1] = starts[i] + names[order[i]].Length;
        }

        writer.End();
        if (starts[^1] > int.MaxValue)
            throw new InvalidOperationException("The names are longer than 2 GiB together.");
        writer.Write<long>(NameSections.Starts, starts);
        writer.Begin(NameSections.Signatures);
        foreach (var some in order.Chunk(1 << 16))
            writer.Append<NameSignature>(Array.ConvertAll(some, i => signatures[i]));
        writer.End();
        return (order, Array.ConvertAll(keys, k => k.Size), Array.ConvertAll(order, i => signatures[i].Folded));
    }

    /// <summary>Writes the inverted lists, as many at once as memory is given for.</summary>
    private void WritePostings(SectionWriter writer, int[] order, ushort[] sizes, ulong[] marks, CancellationToken cancellationToken)
    {
        var lists = new int[_counts.Length + 1];
        var runSizes = new List<ushort>();
        var runStarts = new List<int>();
        int written = 0, filled = 0;
        var buffer = new Posting[1 << 16];
        using var spill = spillPath is not null && _counts.Sum(c => (long)c) > postingsAtOnce ? new RankSpill(spillPath) : null;
        writer.Begin(NameSections.Postings);
        for (int first = 0; first < _counts.Length;)
        {
            int last = first;
            long held = 0;
            while (last < _counts.Length && (last == first || held + _counts[last] <= postingsAtOnce))
                held += _counts[last++];
            var postings = Collect(order, sizes, first, last, (int)held, spill, cancellationToken);
            for (int rank = first, start = 0; rank < last; start += _counts[rank++])
            {
                lists[rank] = runSizes.Count;
                for (int i = start, end; i < start + _counts[rank]; i = end)
                {
                    ushort size = sizes[(int)postings[i]];
                    for (end = i + 1; end < start + _counts[rank] && sizes[(int)postings[end]] == size;)
                        end++;
                    // The place is in the upper half, the name in the lower.
                    postings.AsSpan(i, end - i).Sort();
                    PostingRun.Write(Room(end - i), postings.AsSpan(i, end - i), marks);
                    runSizes.Add(size);
                    runStarts.Add(written + i);
                }
            }

            written += postings.Length;
            first = last;
        }

        writer.Append<Posting>(buffer.AsSpan(0, filled));
        writer.End();
        lists[^1] = runSizes.Count;
        runStarts.Add(written);
        writer.Write<int>(NameSections.Lists, lists);
        writer.Write<ushort>(NameSections.RunSizes, CollectionsMarshal.AsSpan(runSizes));
        writer.Write<int>(NameSections.RunStarts, CollectionsMarshal.AsSpan(runStarts));

        // Runs are mostly short: they are written many at once.
        Span<Posting> Room(int count)
        {
            if (filled + count > buffer.Length)
            {
                writer.Append<Posting>(buffer.AsSpan(0, filled));
                filled = 0;
                if (count > buffer.Length)
                    buffer = new Posting[count];
            }

            filled += count;
            return buffer.AsSpan(filled - count, count);
        }
    }

    private ulong[] Collect(int[] order, ushort[] sizes, int first, int last, int held, RankSpill? spill, CancellationToken cancellationToken)
    {
        var next = new int[last - first];
        for (int rank = first + 1; rank < last; rank++)
            next[rank - first] = next[rank - first - 1] + _counts[rank - 1];
        var postings = new ulong[held];
        if (first > 0)
            spill?.Rewind();
        for (int i = 0; i < order.Length; i++)
        {
            if (i % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var ranks = RanksOf(order[i], sizes[i], spill, isSpilled: first > 0);
            for (int place = 0; place < ranks.Length; place++)
            {
                if (ranks[place] >= first && ranks[place] < last)
                    postings[next[ranks[place] - first]++] = (ulong)place << 32 | (uint)i;
            }
        }

        return postings;
    }

    /// <summary>The ranks of a name's trigrams: found, and kept for the next portions where there is a file for them, or read from it.</summary>
    private ReadOnlySpan<int> RanksOf(int name, int count, RankSpill? spill, bool isSpilled)
    {
        if (isSpilled && spill is not null)
        {
            if (_ranks.Length < count)
                _ranks = new int[count * 2];
            spill.Read(_ranks.AsSpan(0, count));
            return _ranks.AsSpan(0, count);
        }

        Read(name);
        spill?.Write(_reader.Ranks);
        return _reader.Ranks;
    }

    private void Read(int name) => _reader.Read(names[name], new TokenLookup(_grams, _repetitions, _slots));
}
