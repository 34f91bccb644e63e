using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Finds all names similar to a text by their character trigrams: the result set of SimString, exactly.</summary>
/// <remarks>
/// <para>Names and queries are lower-cased by <see cref="Fold"/>; trigrams are those of <c>simstring -u -n 3</c> without marks
/// (each repetition of a trigram counts as another one; short texts padded to three), and a name matches where its similarity
/// in integers reaches the threshold.</para>
/// <para>Names stand in the order of their number of trigrams. Each trigram has an inverted list by that number and by how
/// many rarer trigrams the name has. Two sets that share at least o trigrams share one among the x − o + 1 rarest of the
/// query and the y − o + 1 rarest of the name (prefix filter; Chaudhuri, Ganti and Kaushik, ICDE 2006), so only the heads of
/// few lists are read; signatures (<see cref="NameSignature"/>) rule out most of what they hold, and the rest is counted.</para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
public sealed class NameIndex : IDisposable
{
    /// <summary>The version of the arrays that a file of an index alone holds.</summary>
    internal const int Version = 2;

    [ThreadStatic]
    private static NameQuery? _query;

    private readonly SectionFile _file;
    private readonly Section<byte> _text;
    private readonly Section<long> _starts;
    private readonly Section<NameSignature> _signatures;
    private readonly Section<ulong> _grams;
    private readonly Section<ushort> _repetitions;
    private readonly Section<int> _slots;
    private readonly Section<int> _lists;
    private readonly Section<ushort> _runSizes;
    private readonly Section<int> _runStarts;
    private readonly Section<Posting> _postings;

    internal NameIndex(SectionFile file)
    {
        _file = file;
        _text = file.Get<byte>(NameSections.Text);
        _starts = file.Get<long>(NameSections.Starts);
        _signatures = file.Get<NameSignature>(NameSections.Signatures);
        _grams = file.Get<ulong>(NameSections.Grams);
        _repetitions = file.Get<ushort>(NameSections.Repetitions);
        _slots = file.Get<int>(NameSections.Slots);
        _lists = file.Get<int>(NameSections.Lists);
        _runSizes = file.Get<ushort>(NameSections.RunSizes);
        _runStarts = file.Get<int>(NameSections.RunStarts);
        _postings = file.Get<Posting>(NameSections.Postings);
    }

    /// <summary>The number of different names.</summary>
    public int Count => _signatures.Length;

    /// <summary>Makes an index in memory.</summary>
    /// <param name="names">The names; they are lower-cased, and equal ones are one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">A name has more than 60,000 characters.</exception>
    public static NameIndex Of(IEnumerable<string> names, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        var texts = new TextTable();
        foreach (var name in names)
        {
            if (IsTooLong(name))
                throw new ArgumentException($"A name has {name.Length} characters; at most {Trigrams.MostCodePoints} are held.", nameof(names));
            texts.Intern(Fold(name));
        }

        using var stream = new MemoryStream();
        var writer = new SectionWriter(stream);
        new NameIndexWriter(texts).Write(writer, cancellationToken);
        writer.Finish(Version);
        return new NameIndex(SectionFile.From(stream.GetBuffer().AsSpan(0, (int)stream.Length), Version));
    }

    /// <summary>A text in lower case, as names and queries are compared: the invariant culture's simple mapping, character by character.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant();
    }

    /// <summary>The lower-cased name of a number.</summary>
    /// <param name="name">0 to <see cref="Count"/> − 1.</param>
    public string Name(int name) => Encoding.UTF8.GetString(Utf8(name));

    /// <summary>The number of the name that equals a text but for case, or −1.</summary>
    public int Find(string text)
    {
        foreach (var match in Find(text, new SimilarityThreshold(SimilarityMeasure.Jaccard, 1)))
        {
            if (Name(match.Name) == Fold(text))
                return match.Name;
        }

        return -1;
    }

    /// <summary>All names similar to a text.</summary>
    /// <param name="text">The text; none that is longer than 60,000 characters matches anything.</param>
    /// <param name="threshold">The measure and the least similarity.</param>
    /// <returns>The most similar first, equally similar ones in the order of their numbers.</returns>
    public IReadOnlyList<NameMatch> Find(string text, SimilarityThreshold threshold)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (threshold.TenThousandths == 0)
            throw new ArgumentException("The threshold is not set.", nameof(threshold));
        if (Count == 0 || IsTooLong(text))
            return [];
        var query = _query ??= new NameQuery();
        query.Read(Fold(text), new TokenLookup(_grams.Span, _repetitions.Span, _slots.Span));
        FindCandidates(query, threshold);
        return query.Matches(_text.Span, _starts.Span, threshold);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether a text is longer than the index holds or looks up.</summary>
    internal static bool IsTooLong(string text) => text.Length > Trigrams.MostCodePoints;

    /// <summary>The UTF-8 of a name, valid until the index is disposed of.</summary>
    internal ReadOnlySpan<byte> Utf8(int name)
    {
        var starts = _starts.Span;
        return _text.Span[(int)starts[name]..(int)starts[name + 1]];
    }

    /// <summary>Finds the names that the query's trigrams must be counted in.</summary>
    /// <remarks>Lists, names and signatures lie anywhere in memory: all of a step are asked for before the first is read.</remarks>
    private void FindCandidates(NameQuery query, SimilarityThreshold threshold)
    {
        FindRuns(query, threshold);
        var postings = _postings.Span;
        var signatures = _signatures.Span;
        var runs = query.Runs;
        foreach (ref var run in runs)
            run.Head = new PostingRun(postings.Slice(run.Start, run.Count)).HeadTo(run.Most);
        ulong mark = query.Signature.Folded;
        for (int i = 0; i < runs.Length; i++)
        {
            var run = new PostingRun(postings.Slice(runs[i].Start, runs[i].Count));
            int differ = runs[i].Differ;
            var marks = run.Marks[..runs[i].Head];
            for (int at = MarkScan.Next(marks, 0, mark, differ); at < marks.Length; at = MarkScan.Next(marks, at + 1, mark, differ))
            {
                MemoryHint.WillRead(in run.Names[at]);
                query.Candidate(i, at);
            }
        }

        foreach (ref long candidate in query.Candidates)
        {
            var (run, at) = ((int)(candidate >> 32), (int)candidate);
            int name = new PostingRun(postings.Slice(runs[run].Start, runs[run].Count)).Names[at];
            MemoryHint.WillRead(in signatures[name]);
            candidate = (long)name << 16 | (uint)runs[run].Size;
        }

        query.KeepBySignature(signatures, threshold);
    }

    /// <summary>Chooses the runs whose heads may hold a match, and asks for them: they lie anywhere, too.</summary>
    private void FindRuns(NameQuery query, SimilarityThreshold threshold)
    {
        var lists = _lists.Span;
        var runSizes = _runSizes.Span;
        var runStarts = _runStarts.Span;
        var postings = _postings.Span;
        var ranks = query.Ranks;
        int x = ranks.Length;
        int least = threshold.LeastSize(x), greatest = threshold.GreatestSize(x);
        // The least overlap with any name in the range is that with the smallest.
        int fewest = threshold.LeastOverlap(x, Math.Max(1, least));
        for (int i = 0; i <= x - fewest; i++)
        {
            // What no name has can be shared with none; it only shortens what is left to share.
            if (ranks[i] < 0)
                continue;
            int run = lists[ranks[i]], end = lists[ranks[i] + 1];
            run += FirstAtLeast(runSizes[run..end], least);
            for (; run < end && runSizes[run] <= greatest; run++)
            {
                int y = runSizes[run];
                int overlap = threshold.LeastOverlap(x, y);
                if (i > x - overlap || overlap > y)
                    continue;
                int start = runStarts[run], count = runStarts[run + 1] - start;
                query.Run(new NameRun { Start = start, Count = count, Size = y, Most = y - overlap, Differ = x + y - (2 * overlap) });
                PostingRun.WillRead(postings.Slice(start, count));
            }
        }
    }

    private static int FirstAtLeast(ReadOnlySpan<ushort> sizes, int least)
    {
        int low = 0, high = sizes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sizes[middle] < least)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
