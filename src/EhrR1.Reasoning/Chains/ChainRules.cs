using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EhrR1.Reasoning;

/// <summary>Words and phrases by which chains are read and judged, as data: <c>chain-rules.json</c>.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
internal sealed record ChainRules
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The rules that ship with the program.</summary>
    public static ChainRules BuiltIn { get; } = Read();

    /// <summary>Relations, each by its wordings from subject to object and back.</summary>
    public required IReadOnlyList<RelationWording> Relations { get; init; }

    /// <summary>Wordings that say only that there is some relation.</summary>
    public required IReadOnlyList<string> LooseRelations { get; init; }

    /// <summary>Relations that do not contradict each other, in groups by one of their wordings: what treats a disease may also be said to reduce it.</summary>
    public required IReadOnlyList<string[]> Kin { get; init; }

    /// <summary>Relations that no path of others bears out, each by one of its wordings.</summary>
    public required IReadOnlyList<string> NeedItself { get; init; }

    /// <summary>Words that a relation's plural would be, and that mostly are nouns.</summary>
    public required IReadOnlyList<string> NotRelations { get; init; }

    /// <summary>Wordings that betray that the answer was given.</summary>
    public required IReadOnlyList<string> LeakWordings { get; init; }

    /// <summary>The wordings that the published filter looks for.</summary>
    public required IReadOnlyList<string> GroundTruth { get; init; }

    /// <summary>Wordings near to them, counted apart.</summary>
    public required IReadOnlyList<string> NearGroundTruth { get; init; }

    /// <summary>How models begin to say that they will not answer.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>Wordings of prompts.</summary>
    public required IReadOnlyList<string> Echoes { get; init; }

    /// <summary>When a text repeats itself without end.</summary>
    public required RepetitionRule Repetition { get; init; }

    /// <summary>The commonest words of languages, by their code.</summary>
    public required IReadOnlyDictionary<string, string[]> FunctionWords { get; init; }

    public required IReadOnlyList<string> Units { get; init; }

    public required IReadOnlyList<string> UnitAfterSlash { get; init; }

    /// <summary>Units that the record leaves out, by field or item.</summary>
    public required IReadOnlyDictionary<string, string[]> ImpliedUnits { get; init; }

    /// <summary>Words behind a number that make it a count or a duration, not a quotation.</summary>
    public required IReadOnlyList<string> NotQuotedAfter { get; init; }

    /// <summary>Words before a number that do the same.</summary>
    public required IReadOnlyList<string> NotQuotedBefore { get; init; }

    /// <summary>Words before a number of the reference range.</summary>
    public required IReadOnlyList<string> RangeWords { get; init; }

    /// <summary>Words between an item's name and its number.</summary>
    public required IReadOnlyList<string> Fillers { get; init; }

    /// <summary>Other names of event types.</summary>
    public required IReadOnlyDictionary<string, string> EventAliases { get; init; }

    /// <summary>Other names of fields.</summary>
    public required IReadOnlyDictionary<string, string[]> FieldAliases { get; init; }

    public required IReadOnlyList<string> UnitFields { get; init; }

    public required IReadOnlyList<string> ReferenceFields { get; init; }

    /// <summary>Fields whose numbers are no quantities.</summary>
    public required IReadOnlyList<string> FlagFields { get; init; }

    /// <summary>Fields of text whose values name nothing.</summary>
    public required IReadOnlyList<string> PlainFields { get; init; }

    /// <summary>Names that are everyday words, so that finding one means nothing.</summary>
    public required IReadOnlyList<string> CommonWords { get; init; }

    [JsonIgnore]
    public PhraseTable RelationTable { get; private init; } = new();

    /// <summary>The groups of <see cref="Kin"/> by the relations' codes, each both ways.</summary>
    [JsonIgnore]
    public IReadOnlyList<FrozenSet<int>> KinCodes { get; private init; } = [];

    [JsonIgnore]
    public FrozenSet<int> NeedItselfFamilies { get; private init; } = [];

    [JsonIgnore]
    public PhraseTable LeakTable { get; private init; } = new();

    [JsonIgnore]
    public PhraseTable GroundTruthTable { get; private init; } = new();

    [JsonIgnore]
    public PhraseTable NearGroundTruthTable { get; private init; } = new();

    [JsonIgnore]
    public PhraseTable RefusalTable { get; private init; } = new();

    [JsonIgnore]
    public PhraseTable EchoTable { get; private init; } = new();

    [JsonIgnore]
    public FrozenSet<ulong> FillerWords { get; private init; } = [];

    [JsonIgnore]
    public FrozenSet<ulong> AfterWords { get; private init; } = [];

    [JsonIgnore]
    public FrozenSet<ulong> BeforeWords { get; private init; } = [];

    [JsonIgnore]
    public FrozenSet<ulong> RangeWordSet { get; private init; } = [];

    [JsonIgnore]
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnitSet { get; private init; }

    [JsonIgnore]
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnitPartSet { get; private init; }

    /// <summary>For each language, English first, the hashes of its words.</summary>
    [JsonIgnore]
    public IReadOnlyList<FrozenSet<ulong>> Languages { get; private init; } = [];

    /// <summary>Whether two relations, each with its direction, do not contradict each other.</summary>
    public bool AreKin(int one, int other) => KinCodes.Any(group => group.Contains(one) && group.Contains(other));

    private static ChainRules Read()
    {
        using var stream = typeof(ChainRules).Assembly.GetManifestResourceStream("chain-rules.json")!;
        var rules = JsonSerializer.Deserialize<ChainRules>(stream, _json)!;
        var relations = new PhraseTable();
        for (int i = 0; i < rules.Relations.Count; i++)
        {
            foreach (var wording in rules.Relations[i].Forward)
                relations.Add(wording, RelationWording.CodeOf(i, isInverse: false));
            foreach (var wording in rules.Relations[i].Inverse)
                relations.Add(wording, RelationWording.CodeOf(i, isInverse: true));
        }

        foreach (var wording in rules.LooseRelations)
            relations.Add(wording, RelationWording.Loose);
        AddPlurals(relations, rules);
        return rules with
        {
            RelationTable = relations,
            NeedItselfFamilies = rules.NeedItself.Select(w => NeededCode(relations, w) / 2).ToFrozenSet(),
            KinCodes = [.. rules.Kin.Select(group => group.Select(w => NeededCode(relations, w)).ToFrozenSet()).SelectMany(codes => new[] { codes, codes.Select(c => c ^ 1).ToFrozenSet() })],
            LeakTable = PhraseTable.Of(rules.LeakWordings),
            GroundTruthTable = PhraseTable.Of(rules.GroundTruth),
            NearGroundTruthTable = PhraseTable.Of(rules.NearGroundTruth),
            RefusalTable = PhraseTable.Of(rules.Refusals),
            EchoTable = PhraseTable.Of(rules.Echoes),
            FillerWords = Hashes(rules.Fillers),
            AfterWords = Hashes(rules.NotQuotedAfter),
            BeforeWords = Hashes(rules.NotQuotedBefore),
            RangeWordSet = Hashes(rules.RangeWords),
            UnitSet = rules.Units.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>(),
            UnitPartSet = rules.UnitAfterSlash.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>(),
            Languages = [.. rules.FunctionWords.OrderByDescending(l => l.Key == "en").ThenBy(l => l.Key, StringComparer.Ordinal).Select(l => Hashes(l.Value))],
        };
    }

    /// <summary>The code of a relation by its name; <see cref="RelationWording.Loose"/> where it is one that only says that there is some, or none that is known.</summary>
    public int CodeOf(string relation) => CodeOf(RelationTable, relation);

    private static int CodeOf(PhraseTable relations, string wording)
    {
        var words = ChainWord.Read(wording);
        return relations.Match(words, 0, out int code) == words.Length ? code : RelationWording.Loose;
    }

    private static int NeededCode(PhraseTable relations, string wording) =>
        CodeOf(relations, wording) is >= 0 and var code ? code : throw new InvalidOperationException($"No relation has the wording '{wording}'.");

    /// <summary>The same wordings as they are said of several things: "are raised in".</summary>
    private static void AddPlurals(PhraseTable to, ChainRules rules)
    {
        for (int i = 0; i < rules.Relations.Count; i++)
        {
            Add(rules.Relations[i].Forward, RelationWording.CodeOf(i, isInverse: false));
            Add(rules.Relations[i].Inverse, RelationWording.CodeOf(i, isInverse: true));
        }

        void Add(IEnumerable<string> wordings, int code)
        {
            foreach (var plural in wordings.Select(RelationPhrases.OfSeveral).Except(rules.NotRelations, StringComparer.Ordinal))
                to.Add(plural, code);
        }
    }

    private static FrozenSet<ulong> Hashes(IEnumerable<string> words) => words.SelectMany(w => ChainWord.Read(w)).Select(w => w.Hash).ToFrozenSet();
}
