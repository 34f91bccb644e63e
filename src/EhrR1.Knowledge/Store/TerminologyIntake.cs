using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Holds what sources say until it is written: texts once each, pairs and relations as numbers that spill to disk.</summary>
internal sealed class TerminologyIntake : ITerminologyIntake, IDisposable
{
    private readonly Dictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly List<int> _ranks = [];
    private readonly List<int> _preferred = [];
    private readonly List<(int Subject, int Kind, int Name)> _named = [];
    private readonly TextTable _wantedNames = new();
    private readonly byte[] _folded = new byte[1 << 12];

    public TerminologyIntake(string spillPath, int sortedAtOnce)
    {
        SpillPath = spillPath;
        SortedAtOnce = sortedAtOnce;
        NameConcepts = Sort<Pair>("names");
        ConceptTypes = Sort<Pair>("types");
        ConceptDefinitions = Sort<Pair>("definitions");
        CodeConcepts = Sort<Pair>("codes");
        Edges = Sort<Edge>("relations");
    }

    public TextTable Concepts { get; } = new();

    public TextTable Names { get; } = new();

    public TextTable Shown { get; } = new();

    public TextTable Types { get; } = new();

    public TextTable Definitions { get; } = new();

    public TextTable Codes { get; } = new();

    public TextTable Relations { get; } = new();

    public SpillSort<Pair> NameConcepts { get; }

    public SpillSort<Pair> ConceptTypes { get; }

    public SpillSort<Pair> ConceptDefinitions { get; }

    public SpillSort<Pair> CodeConcepts { get; }

    public SpillSort<Edge> Edges { get; }

    public IReadOnlyDictionary<string, long> LeftOutRows => _leftOut;

    private string SpillPath { get; }

    private int SortedAtOnce { get; }

    /// <summary>A sort that spills beside the others.</summary>
    public SpillSort<T> Sort<T>(string what) where T : unmanaged, IComparable<T> => new(SpillPathOf(what), SortedAtOnce);

    /// <summary>A file beside the store for what does not fit memory.</summary>
    public string SpillPathOf(string what) => $"{SpillPath}.{what}{AtomicFile.TemporaryEnding}";

    /// <summary>Whether a concept has a name; one that has none does not exist.</summary>
    public bool Exists(int concept) => _preferred[concept] >= 0;

    /// <summary>How good the preferred name is: lower is better.</summary>
    public int RankOf(int concept) => _ranks[concept];

    /// <summary>The number of the preferred name among <see cref="Shown"/>.</summary>
    public int PreferredOf(int concept) => _preferred[concept];

    public void Name(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> name, int rank)
    {
        name = Trim(name);
        if (name.IsEmpty)
        {
            LeftOut("names without text");
            return;
        }

        if (name.Length > Trigrams.MostCodePoints)
        {
            LeftOut($"names longer than {Trigrams.MostCodePoints} bytes");
            return;
        }

        int number = ConceptOf(concept);
        NameConcepts.Add(new Pair(InternFolded(Names, name), number));
        if (rank == ITerminologyIntake.FurtherName)
            return;
        if (_preferred[number] < 0 || rank < _ranks[number] || (rank == _ranks[number] && name.SequenceCompareTo(Shown[_preferred[number]]) < 0))
        {
            _ranks[number] = rank;
            _preferred[number] = Shown.Intern(name);
        }
    }

    public void SemanticType(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> type) => ConceptTypes.Add(new Pair(ConceptOf(concept), Types.Intern(type)));

    public void Definition(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> text) => ConceptDefinitions.Add(new Pair(ConceptOf(concept), Definitions.Intern(Trim(text))));

    public void Code(ReadOnlySpan<byte> concept, ReadOnlySpan<byte> vocabulary, ReadOnlySpan<byte> code) =>
        Code(ConceptOf(concept), new ConceptCode(Encoding.UTF8.GetString(vocabulary), Encoding.UTF8.GetString(code)));

    public void Relation(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> relation, ReadOnlySpan<byte> @object, bool byName)
    {
        int kind = Relations.Intern(relation);
        if (kind > ushort.MaxValue)
            throw new EhrR1Exception($"There are more than {ushort.MaxValue} different relations", null, "Check that the relations' names stand in the column that holds them");
        if (byName)
            _named.Add((ConceptOf(subject), kind, InternFolded(_wantedNames, Trim(@object))));
        else
            Edges.Add(new Edge(ConceptOf(subject), ConceptOf(@object), kind));
    }

    public void LeftOut(string why) => _leftOut[why] = _leftOut.GetValueOrDefault(why) + 1;

    /// <summary>Turns relations to names into relations to concepts. A name that no concept has becomes a concept of its own, NAME:….</summary>
    public void ResolveNames()
    {
        if (_named.Count == 0)
            return;
        var found = new NamedConcepts(this, _wantedNames);
        foreach (var (subject, kind, name) in _named)
        {
            if (!Exists(subject))
            {
                LeftOut("relations of concepts without a name");
                continue;
            }

            int concept = found.Best(name, NamespaceOf(subject));
            if (concept < 0)
            {
                int known = found.NameOf(name);
                var id = Encoding.UTF8.GetBytes("NAME:" + _wantedNames.Text(known));
                Name(id, _wantedNames[known], 0);
                concept = ConceptOf(id);
            }

            Edges.Add(new Edge(subject, concept, kind));
        }
    }

    public string NamespaceOf(int concept)
    {
        var id = Concepts[concept];
        int colon = id.IndexOf((byte)':');
        return colon < 0 ? "UMLS" : Encoding.UTF8.GetString(id[..colon]);
    }

    public void Dispose()
    {
        NameConcepts.Dispose();
        ConceptTypes.Dispose();
        ConceptDefinitions.Dispose();
        CodeConcepts.Dispose();
        Edges.Dispose();
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private int ConceptOf(ReadOnlySpan<byte> id)
    {
        int concept = Concepts.Intern(id);
        if (concept == _preferred.Count)
        {
            _preferred.Add(-1);
            _ranks.Add(int.MaxValue);
            Code(concept, ConceptCode.OfConcept(Encoding.UTF8.GetString(id)));
        }

        return concept;
    }

    private void Code(int concept, ConceptCode code) => CodeConcepts.Add(new Pair(Codes.Intern($"{code.Vocabulary}\t{code.Code}"), concept));

    private int InternFolded(TextTable table, ReadOnlySpan<byte> name)
    {
        if (name.Length <= _folded.Length && Ascii.IsValid(name))
        {
            Ascii.ToLower(name, _folded, out int written);
            return table.Intern(_folded.AsSpan(0, written));
        }

        return table.Intern(NameIndex.Fold(Encoding.UTF8.GetString(name)));
    }
}
