using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Finds which concepts of different sources are the same, by the codes that they share.</summary>
/// <remarks>
/// <para>Two concepts are one where a code of an identifying vocabulary is had by both, where each has that one code of the
/// vocabulary alone, and where no other concept of either namespace has it. Where it is not one to one, the concepts stay
/// apart and are joined by the relation "corresponds to": a disease that stands for three UMLS concepts must not make one
/// of the three.</para>
/// <para>A merged concept never holds two of one namespace. Groups are taken in the order of the vocabularies and their codes,
/// so that the order of reading does not matter.</para>
/// </remarks>
internal sealed class ConceptMerge
{
    private readonly TerminologyIntake _intake;
    private readonly int[] _parents;
    private readonly Dictionary<int, List<int>> _members = [];

    private ConceptMerge(TerminologyIntake intake)
    {
        _intake = intake;
        _parents = new int[intake.Concepts.Count];
        for (int i = 0; i < _parents.Length; i++)
            _parents[i] = i;
    }

    /// <summary>How many concepts became one with another.</summary>
    public int Merged { get; private set; }

    /// <summary>Merges, and adds the relations between what stays apart.</summary>
    public static ConceptMerge Of(TerminologyIntake intake, IEnumerable<string> vocabularies)
    {
        var merge = new ConceptMerge(intake);
        var groups = vocabularies.Select(v => new ConceptCode(v, "").Vocabulary).Distinct(StringComparer.Ordinal)
            .SelectMany(merge.Groups).ToList();
        foreach (var (concepts, oneToOne) in groups)
            merge.Take(concepts, oneToOne);
        return merge;
    }

    /// <summary>The concept that stands for a concept: itself, or the one that it became.</summary>
    public int this[int concept]
    {
        get
        {
            while (_parents[concept] != concept)
                concept = _parents[concept];
            return concept;
        }
    }

    private List<(List<int> Concepts, bool OneToOne)> Groups(string vocabulary)
    {
        var prefix = Encoding.UTF8.GetBytes(vocabulary + "\t");
        var codesOf = new int[_parents.Length];
        var groups = new List<(string Code, List<int> Concepts)>();
        var group = new List<int>();
        var last = new Pair(-1, -1);
        foreach (var pair in _intake.CodeConcepts.Sorted())
        {
            if (pair == last || !_intake.Exists(pair.Second) || !_intake.Codes[pair.First].StartsWith(prefix))
                continue;
            if (pair.First != last.First)
                Close(last.First);
            group.Add(pair.Second);
            codesOf[pair.Second]++;
            last = pair;
        }

        Close(last.First);
        // Numbers depend on the order of reading, identifiers do not.
        return [.. groups.OrderBy(g => g.Code, StringComparer.Ordinal).Select(g => (
            g.Concepts.OrderBy(_intake.Concepts.Text, StringComparer.Ordinal).ToList(),
            g.Concepts.TrueForAll(c => codesOf[c] == 1) && g.Concepts.Select(_intake.NamespaceOf).Distinct(StringComparer.Ordinal).Count() == g.Concepts.Count))];

        void Close(int code)
        {
            // Most codes stand for one concept alone.
            if (group.Count > 1)
                groups.Add((_intake.Codes.Text(code), [.. group]));
            group.Clear();
        }
    }

    private void Take(List<int> concepts, bool oneToOne)
    {
        for (int i = 1; i < concepts.Count; i++)
        {
            if (oneToOne && Join(concepts[0], concepts[i]))
                continue;
            for (int j = 0; j < i; j++)
            {
                if (this[concepts[i]] != this[concepts[j]] && _intake.NamespaceOf(concepts[i]) != _intake.NamespaceOf(concepts[j]))
                    _intake.Relation(_intake.Concepts[concepts[i]], "corresponds to"u8, _intake.Concepts[concepts[j]], byName: false);
            }
        }
    }

    private bool Join(int one, int other)
    {
        one = this[one];
        other = this[other];
        if (one == other)
            return true;
        var ones = _members.GetValueOrDefault(one) ?? [one];
        var others = _members.GetValueOrDefault(other) ?? [other];
        if (ones.Select(_intake.NamespaceOf).Intersect(others.Select(_intake.NamespaceOf), StringComparer.Ordinal).Any())
            return false;
        List<int> all = [.. ones, .. others];
        // UMLS's identifier is the best known; otherwise the first.
        int root = all.OrderBy(c => _intake.NamespaceOf(c) == "UMLS" ? 0 : 1).ThenBy(_intake.Concepts.Text, StringComparer.Ordinal).First();
        foreach (int concept in all)
            _parents[concept] = root;
        _members.Remove(one);
        _members.Remove(other);
        _members[root] = all;
        Merged++;
        return true;
    }
}
