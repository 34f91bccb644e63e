using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Numbers what an intake holds by identifiers and texts, so that the order of reading leaves no trace, and writes it.</summary>
internal sealed class TerminologyWriter
{
    private const int ManyRows = 1_000_000;

    private readonly TerminologyIntake _intake;
    private readonly ConceptMerge _merge;
    private readonly int[] _numbers;
    private readonly int[] _concepts;

    public TerminologyWriter(TerminologyIntake intake, ConceptMerge merge)
    {
        _intake = intake;
        _merge = merge;
        _concepts = [.. intake.Concepts.Sorted().Where(c => intake.Exists(c) && merge[c] == c)];
        _numbers = new int[intake.Concepts.Count];
        for (int i = 0; i < _concepts.Length; i++)
            _numbers[_concepts[i]] = i;
        for (int c = 0; c < _numbers.Length; c++)
            _numbers[c] = intake.Exists(c) ? _numbers[merge[c]] : -1;
    }

    /// <summary>Writes all arrays but the table.</summary>
    public TerminologyFacts Write(SectionWriter writer, IReadOnlyList<ITerminologySource> sources, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        // What is written is let go at once: texts and relations would stand in the way of the names, which need most.
        Say("Writing concepts and codes", _concepts.Length, "concepts");
        TextSection.Write(writer, StoreSections.ConceptIds, _intake.Concepts, _concepts);
        TextSection.Write(writer, StoreSections.ConceptNames, _intake.Shown, PreferredNames());
        _intake.Shown.Clear();
        _intake.Concepts.Clear();
        var types = WriteTexts(writer, StoreSections.Types, _intake.Types);
        var definitions = WriteTexts(writer, StoreSections.Definitions, _intake.Definitions);
        var codes = WriteTexts(writer, StoreSections.Codes, _intake.Codes);
        var relations = WriteTexts(writer, StoreSections.Relations, _intake.Relations);
        _intake.Definitions.Clear();
        _intake.Codes.Clear();
        WritePairs(writer, StoreSections.TypesOfConcept, _concepts.Length, _intake.ConceptTypes.Sorted().Select(p => (_numbers[p.First], types[p.Second])), cancellationToken);
        long definitionCount = WritePairs(writer, StoreSections.DefinitionsOfConcept, _concepts.Length, _intake.ConceptDefinitions.Sorted().Select(p => (_numbers[p.First], definitions[p.Second])), cancellationToken);
        long codeCount = WritePairs(writer, StoreSections.CodesOfConcept, _concepts.Length, _intake.CodeConcepts.Sorted().Select(p => (_numbers[p.Second], codes[p.First])), cancellationToken);
        WritePairs(writer, StoreSections.ConceptsOfCode, codes.Length, _intake.CodeConcepts.Sorted().Select(p => (codes[p.First], _numbers[p.Second])), cancellationToken);
        _intake.CodeConcepts.Dispose();
        _intake.ConceptDefinitions.Dispose();
        _intake.ConceptTypes.Dispose();
        Say("Writing relations", _intake.Edges.Count, "relations");
        long relationCount = WriteRelations(writer, relations, cancellationToken);

        Say("Writing the index of names", _intake.Names.Count, "names");
        var order = new NameIndexWriter(_intake.Names, spillPath: _intake.SpillPathOf("ranks")).Write(writer, cancellationToken);
        var names = Inverse(order);
        NormalNames.Write(writer, i => _intake.Names.Text(order[i]), order.Length, cancellationToken);
        long nameCount = WritePairs(writer, StoreSections.NamesOfConcept, _concepts.Length, _intake.NameConcepts.Sorted().Select(p => (_numbers[p.Second], names[p.First])), cancellationToken);
        WritePairs(writer, StoreSections.ConceptsOfName, names.Length, _intake.NameConcepts.Sorted().Select(p => (names[p.First], _numbers[p.Second])), cancellationToken);

        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (why, count) in _intake.LeftOutRows)
            leftOut[why] = count;
        var facts = new TerminologyFacts(
            [.. sources.Select(s => s.Name)], [.. sources.SelectMany(s => s.Licences).Distinct(StringComparer.Ordinal)], _concepts.Length, names.Length, nameCount, codeCount, definitionCount, relationCount, _merge.Merged, leftOut);
        writer.Write<byte>(StoreSections.Facts, JsonSerializer.SerializeToUtf8Bytes(facts));
        return facts;

        void Say(string what, long count, string unit)
        {
            progress?.Report(new StageProgress(what, 0, count, unit));
            // Large arrays stay until the next full collection, which by itself comes when they stand twice.
            if (count >= ManyRows)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static int[] Inverse(int[] order)
    {
        var numbers = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            numbers[order[i]] = i;
        return numbers;
    }

    private static int[] WriteTexts(SectionWriter writer, string name, TextTable texts)
    {
        var order = texts.Sorted();
        TextSection.Write(writer, name, texts, order);
        return Inverse(order);
    }

    private int[] PreferredNames()
    {
        var best = new int[_concepts.Length];
        best.AsSpan().Fill(-1);
        for (int c = 0; c < _numbers.Length; c++)
        {
            if (_numbers[c] >= 0 && (best[_numbers[c]] < 0 || IsBetter(c, best[_numbers[c]])))
                best[_numbers[c]] = c;
        }

        return Array.ConvertAll(best, _intake.PreferredOf);
    }

    private bool IsBetter(int one, int other) => _intake.RankOf(one) != _intake.RankOf(other)
        ? _intake.RankOf(one) < _intake.RankOf(other)
        : _intake.Shown[_intake.PreferredOf(one)].SequenceCompareTo(_intake.Shown[_intake.PreferredOf(other)]) < 0;

    /// <summary>Writes rows of numbers; pairs of what does not exist and repeated pairs are left out.</summary>
    private long WritePairs(SectionWriter writer, string name, int rows, IEnumerable<(int Row, int Value)> pairs, CancellationToken cancellationToken)
    {
        using var sorted = _intake.Sort<Pair>(name);
        foreach (var (row, value) in pairs)
        {
            if (row >= 0 && value >= 0)
                sorted.Add(new Pair(row, value));
        }

        long count = 0;
        RowsSection<int>.Write(writer, name, rows, Different(sorted.Sorted(), cancellationToken).Select(p =>
        {
            count++;
            return (p.First, p.Second);
        }));
        return count;
    }

    /// <summary>Writes the relations from both ends, how many there are of each kind, and how many neighbours each concept has.</summary>
    private long WriteRelations(SectionWriter writer, int[] kinds, CancellationToken cancellationToken)
    {
        using var from = Renumbered(StoreSections.RelationsFrom, kinds, reverse: false);
        using var to = Renumbered(StoreSections.RelationsTo, kinds, reverse: true);
        _intake.Edges.Dispose();
        var counts = new int[kinds.Length];
        long count = 0;
        RowsSection<ConceptRelation>.Write(writer, StoreSections.RelationsFrom, _concepts.Length, Different(from.Sorted(), cancellationToken).Select(e =>
        {
            count++;
            counts[e.Kind]++;
            return (e.Near, new ConceptRelation(e.Far, (ushort)e.Kind));
        }));
        writer.Write<int>(StoreSections.RelationCounts, counts);

        // The relations from the other end pass by once more beside those being written, so that what stands at both ends counts once.
        var neighbours = new NeighbourCounter(_concepts.Length, from.Sorted());
        RowsSection<ConceptRelation>.Write(writer, StoreSections.RelationsTo, _concepts.Length, Different(to.Sorted(), cancellationToken).Select(e =>
        {
            neighbours.Take(e);
            return (e.Near, new ConceptRelation(e.Far, (ushort)e.Kind));
        }));
        writer.Write<int>(StoreSections.NeighboursOfConcept, neighbours.Finish());
        return count;
    }

    private SpillSort<Edge> Renumbered(string name, int[] kinds, bool reverse)
    {
        var sorted = _intake.Sort<Edge>(name);
        foreach (var edge in _intake.Edges.Sorted())
        {
            int from = _numbers[edge.Near], to = _numbers[edge.Far];
            if (from < 0 || to < 0)
                CountOnce("relations of concepts without a name");
            else if (from == to)
                CountOnce("relations of a concept to itself");
            else
                sorted.Add(reverse ? new Edge(to, from, kinds[edge.Kind]) : new Edge(from, to, kinds[edge.Kind]));
        }

        return sorted;

        void CountOnce(string why)
        {
            if (!reverse)
                _intake.LeftOut(why);
        }
    }

    private static IEnumerable<T> Different<T>(IEnumerable<T> sorted, CancellationToken cancellationToken) where T : struct, IEquatable<T>
    {
        T? last = null;
        long seen = 0;
        foreach (var value in sorted)
        {
            if (seen++ % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (last is { } before && before.Equals(value))
                continue;
            last = value;
            yield return value;
        }
    }
}
