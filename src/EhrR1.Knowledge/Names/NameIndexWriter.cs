using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Writes the arrays of a <see cref="NameIndex"/>: the same names give the same bytes, whatever order they come in.</summary>
/// <param name="names">The lower-cased names, each of at most <see cref="Trigrams.MostCodePoints"/> code points.</param>
/// <param name="postingsAtOnce">How many postings are held in memory, 8 bytes each. The default value is 48 million; a trigram that more names have is held whole.</param>
internal sealed class NameIndexWriter(TextTable names, int postingsAtOnce = 48_000_000)
{
    // A span counts its elements in an int.
    private const long MostPostings = int.MaxValue;

    private readonly TokenReader _reader = new();
    private ulong[] _grams = [];
    private ushort[] _repetitions = [];
    private int[] _counts = [];
    private int[] _slots = [];

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
        writer.Write<NameSignature>(NameSections.Signatures, Array.ConvertAll(order, i => signatures[i]));
        return (order, Array.ConvertAll(keys, k => k.Size), Array.ConvertAll(order, i => signatures[i].Folded));
    }

    /// <summary>Writes the inverted lists, as many at once as memory is given for; the names are read anew for each portion.</summary>
    private void WritePostings(SectionWriter writer, int[] order, ushort[] sizes, ulong[] marks, CancellationToken cancellationToken)
    {
        var lists = new int[_counts.Length + 1];
        var runSizes = new List<ushort>();
        var runStarts = new List<int>();
        int written = 0;
        writer.Begin(NameSections.Postings);
        for (int first = 0; first < _counts.Length;)
        {
            int last = first;
            long held = 0;
            while (last < _counts.Length && (last == first || held + _counts[last] <= postingsAtOnce))
                held += _counts[last++];
            var postings = Collect(order, first, last, (int)held, cancellationToken);
            var portion = new Posting[postings.Length];
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
                    PostingRun.Write(portion.AsSpan(i, end - i), postings.AsSpan(i, end - i), marks);
                    runSizes.Add(size);
                    runStarts.Add(written + i);
                }
            }

            writer.Append<Posting>(portion);
            written += portion.Length;
            first = last;
        }

        writer.End();
        lists[^1] = runSizes.Count;
        runStarts.Add(written);
        writer.Write<int>(NameSections.Lists, lists);
        writer.Write<ushort>(NameSections.RunSizes, CollectionsMarshal.AsSpan(runSizes));
        writer.Write<int>(NameSections.RunStarts, CollectionsMarshal.AsSpan(runStarts));
    }

    private ulong[] Collect(int[] order, int first, int last, int held, CancellationToken cancellationToken)
    {
        var next = new int[last - first];
        for (int rank = first + 1; rank < last; rank++)
            next[rank - first] = next[rank - first - 1] + _counts[rank - 1];
        var postings = new ulong[held];
        for (int i = 0; i < order.Length; i++)
        {
            if (i % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Read(order[i]);
            var ranks = _reader.Ranks;
            for (int place = 0; place < ranks.Length; place++)
            {
                if (ranks[place] >= first && ranks[place] < last)
                    postings[next[ranks[place] - first]++] = (ulong)place << 32 | (uint)i;
            }
        }

        return postings;
    }

    private void Read(int name) => _reader.Read(names[name], new TokenLookup(_grams, _repetitions, _slots));
}
