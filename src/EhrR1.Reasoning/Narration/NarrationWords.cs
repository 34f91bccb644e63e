using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>The narrator's wordings, as data: <c>narration-words.json</c>.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
internal sealed record NarrationWords
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private static readonly string[] _keys = [.. Enum.GetValues<TermKind>().Select(k => JsonNamingPolicy.SnakeCaseLower.ConvertName(k.ToString()))];

    /// <summary>The wordings that ship with the program.</summary>
    public static NarrationWords BuiltIn { get; } = Read();

    /// <summary>What leads to the facts of an event, by event type and kind of fact; the empty key stands for all others.</summary>
    public required IReadOnlyDictionary<string, Dictionary<string, string[]>> Events { get; init; }

    /// <summary>Why facts matter of which nothing more can be said without naming what is yet to be derived, by kind.</summary>
    public required IReadOnlyDictionary<string, string[]> Why { get; init; }

    /// <summary>What every chain begins with: {0} for what the task asks for.</summary>
    public required string Asked { get; init; }

    /// <summary>Why facts matter, with {0} for what they bear on.</summary>
    public required IReadOnlyList<string> BearsOn { get; init; }

    /// <summary>Beginnings of an argument.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>Beginnings of its further sentences.</summary>
    public required IReadOnlyList<string> Further { get; init; }

    /// <summary>Ends of a way that goes on as one that has been told.</summary>
    public required IReadOnlyList<string> AsBefore { get; init; }

    /// <summary>Sentences for a fact that names the item itself: {0} its name, {1} as the record writes it.</summary>
    public required IReadOnlyList<string> Same { get; init; }

    /// <summary>The same where the record writes it by its name.</summary>
    public required IReadOnlyList<string> SameWord { get; init; }

    /// <summary>Ends of an argument: {0} the item, {1} what the task asks for.</summary>
    public required IReadOnlyList<string> Conclusions { get; init; }

    /// <summary>The same for several items, or one that is a plural.</summary>
    public required IReadOnlyList<string> ConclusionsOfSeveral { get; init; }

    /// <summary>What one item of a task's answer is, and what several are; the empty key stands for other tasks.</summary>
    public required IReadOnlyDictionary<string, string[]> Tasks { get; init; }

    /// <summary>The administration record's words for what the patient did not get, or gets no longer.</summary>
    public required IReadOnlyList<string> Withheld { get; init; }

    /// <summary>Words that keep their capital within a sentence.</summary>
    public required IReadOnlyList<string> ProperNames { get; init; }

    [JsonIgnore]
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ProperNameSet { get; private init; }

    /// <summary>What leads to facts of a kind in an event.</summary>
    public IReadOnlyList<string> LeadsTo(string type, TermKind kind)
    {
        var leads = Events.TryGetValue(type, out var own) ? own : Events[""];
        return leads.TryGetValue(KeyOf(kind), out var of) ? of : leads[""];
    }

    /// <summary>Why facts of a kind matter.</summary>
    public IReadOnlyList<string> WhyOf(TermKind kind) => Why[KeyOf(kind)];

    /// <summary>What one item, or several, of a task's answer are.</summary>
    public string NounOf(string task, bool isSeveral) => (Tasks.TryGetValue(task, out var nouns) ? nouns : Tasks[""])[isSeveral ? 1 : 0];

    private static string KeyOf(TermKind kind) => _keys[(int)kind];

    private static NarrationWords Read()
    {
        using var stream = typeof(NarrationWords).Assembly.GetManifestResourceStream("narration-words.json")!;
        var words = JsonSerializer.Deserialize<NarrationWords>(stream, _json)!;
        return words with { ProperNameSet = words.ProperNames.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>() };
    }
}
