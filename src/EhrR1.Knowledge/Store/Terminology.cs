using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Concepts with names, semantic types, definitions and codes, and the relations between them: one file, mapped into memory.</summary>
/// <remarks>
/// <para>Concepts are numbered 0 to <see cref="ConceptCount"/> − 1 in the order of their identifiers; the numbers hold for one
/// file alone. Opening reads the file's table, not its content.</para>
/// <para>Safe for any number of threads. Dispose of it when no thread uses it any more; spans that it gave are invalid then.</para>
/// </remarks>
public sealed class Terminology : IDisposable
{
    /// <summary>The version of the file's arrays; a file of another version is refused.</summary>
    public const int Version = 4;

    private readonly SectionFile _file;
    private readonly TextSection _ids;
    private readonly TextSection _conceptNames;
    private readonly TextSection _types;
    private readonly TextSection _definitions;
    private readonly TextSection _codes;
    private readonly TextSection _relations;
    private readonly RowsSection<int> _typesOf;
    private readonly RowsSection<int> _definitionsOf;
    private readonly RowsSection<int> _codesOf;
    private readonly RowsSection<int> _conceptsOfCode;
    private readonly RowsSection<int> _namesOf;
    private readonly RowsSection<int> _conceptsOfName;
    private readonly RowsSection<ConceptRelation> _from;
    private readonly RowsSection<ConceptRelation> _to;
    private readonly Section<int> _neighbours;
    private readonly Section<int> _relationCounts;
    private readonly NormalNames _normal;

    private Terminology(SectionFile file)
    {
        _file = file;
        _ids = new(file, StoreSections.ConceptIds);
        _conceptNames = new(file, StoreSections.ConceptNames);
        _types = new(file, StoreSections.Types);
        _definitions = new(file, StoreSections.Definitions);
        _codes = new(file, StoreSections.Codes);
        _relations = new(file, StoreSections.Relations);
        _typesOf = new(file, StoreSections.TypesOfConcept);
        _definitionsOf = new(file, StoreSections.DefinitionsOfConcept);
        _codesOf = new(file, StoreSections.CodesOfConcept);
        _conceptsOfCode = new(file, StoreSections.ConceptsOfCode);
        _namesOf = new(file, StoreSections.NamesOfConcept);
        _conceptsOfName = new(file, StoreSections.ConceptsOfName);
        _from = new(file, StoreSections.RelationsFrom);
        _to = new(file, StoreSections.RelationsTo);
        _neighbours = file.Get<int>(StoreSections.NeighboursOfConcept);
        _relationCounts = file.Get<int>(StoreSections.RelationCounts);
        Names = new NameIndex(file);
        _normal = new NormalNames(file, Names);
        Facts = JsonSerializer.Deserialize<TerminologyFacts>(file.Get<byte>(StoreSections.Facts).Span)!;
        Fingerprint = Convert.ToHexStringLower(file.Get<byte>(SectionWriter.Hash).Span);
    }

    /// <summary>What the store was built from and what it holds.</summary>
    public TerminologyFacts Facts { get; }

    /// <summary>What tells the store from others, whatever its place: the SHA-256 of its content.</summary>
    public string Fingerprint { get; }

    /// <summary>The number of concepts.</summary>
    public int ConceptCount => _ids.Count;

    /// <summary>The number of different relation names.</summary>
    public int RelationNameCount => _relations.Count;

    /// <summary>All names, for approximate matching; disposed of with the terminology.</summary>
    public NameIndex Names { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="path">A file that <see cref="TerminologyBuild"/> wrote.</param>
    /// <exception cref="EhrR1Exception">There is no such file, it is not one of these, it is cut short, or another version wrote it.</exception>
    public static Terminology Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = SectionFile.Open(path, Version);
        try
        {
            return new Terminology(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The number of the concept that has an identifier, or −1; a concept that became one with another is found by its code.</summary>
    public int Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _ids.Find(id);
    }

    /// <summary>The concepts that a code stands for, in the order of their numbers.</summary>
    public IReadOnlyList<int> Find(ConceptCode code)
    {
        if (code.Vocabulary is null)
            return [];
        int found = _codes.Find($"{code.Vocabulary}\t{code.Code}");
        return found < 0 ? [] : _conceptsOfCode[found].ToArray();
    }

    /// <summary>The concepts that have a name of <see cref="Names"/>, in the order of their numbers.</summary>
    public ReadOnlySpan<int> ConceptsOf(int name) => _conceptsOfName[name];

    /// <summary>The concepts that have a name, whatever its case, in the order of their numbers.</summary>
    public IReadOnlyList<int> FindExact(string name)
    {
        int found = Names.Find(name);
        return found < 0 ? [] : _conceptsOfName[found].ToArray();
    }

    /// <summary>The concepts that have a name with a normal form, in the order of their numbers.</summary>
    /// <param name="form">What <see cref="NormalForm.Of"/> gave.</param>
    public IReadOnlyList<int> FindNormalised(string form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var concepts = new List<int>();
        foreach (int name in _normal.Find(form))
            concepts.AddRange(_conceptsOfName[name]);
        return [.. concepts.Distinct().Order()];
    }

    /// <summary>A concept's identifier.</summary>
    public string Id(int concept) => _ids.Text(concept);

    /// <summary>A concept's preferred name, as its source writes it.</summary>
    public string Name(int concept) => _conceptNames.Text(concept);

    /// <summary>All names of a concept in lower case, in the order of their bytes.</summary>
    public IReadOnlyList<string> NamesOf(int concept)
    {
        var names = Texts(_namesOf[concept], Names.Name);
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>The semantic types that there are, in the order of their bytes.</summary>
    public IEnumerable<string> SemanticTypes => Enumerable.Range(0, _types.Count).Select(_types.Text);

    /// <summary>A concept's semantic types.</summary>
    public IReadOnlyList<string> SemanticTypesOf(int concept) => Texts(_typesOf[concept], _types.Text);

    /// <summary>A concept's definitions.</summary>
    public IReadOnlyList<string> DefinitionsOf(int concept) => Texts(_definitionsOf[concept], _definitions.Text);

    /// <summary>A concept's codes in all vocabularies, its own identifier among them.</summary>
    public IReadOnlyList<ConceptCode> CodesOf(int concept)
    {
        var codes = _codesOf[concept];
        var texts = new ConceptCode[codes.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            var text = _codes.Text(codes[i]);
            int tab = text.IndexOf('\t');
            texts[i] = new ConceptCode(text[..tab], text[(tab + 1)..]);
        }

        return texts;
    }

    /// <summary>The relations in which a concept is the subject: concept – name – far end. Ordered by the far end, then by the name.</summary>
    public ReadOnlySpan<ConceptRelation> RelationsFrom(int concept) => _from[concept];

    /// <summary>The relations in which a concept is the object: far end – name – concept. Ordered by the far end, then by the name.</summary>
    public ReadOnlySpan<ConceptRelation> RelationsTo(int concept) => _to[concept];

    /// <summary>The name of a relation's kind, read from the subject to the object; kinds are numbered in the order of their names.</summary>
    public string RelationName(int kind) => _relations.Text(kind);

    /// <summary>How many relations are of a kind.</summary>
    public int RelationCount(int kind) => _relationCounts.Span[kind];

    /// <summary>How many different concepts stand in a relation to a concept, as its subject or its object.</summary>
    public int NeighbourCount(int concept) => _neighbours.Span[concept];

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Says that it will soon be asked where a concept's relations are.</summary>
    internal void WillFindRelations(int concept)
    {
        _from.WillFind(concept);
        _to.WillFind(concept);
    }

    /// <summary>Says that a concept's relations will soon be read; where they are should be at hand.</summary>
    internal void WillReadRelations(int concept)
    {
        _from.WillRead(concept);
        _to.WillRead(concept);
    }

    /// <summary>Says that it will soon be asked how many neighbours a concept has.</summary>
    internal void WillCountNeighbours(int concept) => MemoryHint.WillRead(in _neighbours.Span[concept]);

    /// <summary>A concept's preferred name as UTF-8.</summary>
    internal ReadOnlySpan<byte> NameBytes(int concept) => _conceptNames[concept];

    private static string[] Texts(ReadOnlySpan<int> numbers, Func<int, string> text)
    {
        var texts = new string[numbers.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = text(numbers[i]);
        return texts;
    }
}
