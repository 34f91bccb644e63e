using System.Collections.Concurrent;
using System.Text.Json;

namespace EhrR1.Reasoning;

/// <summary>How relations are said within a sentence, as data: <c>relation-phrases.json</c>; any other is said by its own name.</summary>
/// <remarks>
/// Relations are named in the direction in which they are walked, so an inverse is a relation of its own. Memory grows with the
/// different relations. Safe for any number of threads.
/// </remarks>
internal sealed class RelationPhrases
{
    private static readonly string[] _helpers = ["may ", "can ", "might ", "must ", "should ", "could ", "will "];
    private static readonly string[] _ends = [" of", " by", " in", " to", " from", " with", " for", " as", " on"];
    private readonly ConcurrentDictionary<string, string[]> _others = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string[]> _phrases;
    private readonly Dictionary<string, string[]> _toSeveral;

    private RelationPhrases(Table table)
    {
        _phrases = new Dictionary<string, string[]>(table.Phrases, StringComparer.OrdinalIgnoreCase);
        _toSeveral = new Dictionary<string, string[]>(table.ToSeveral, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The phrases that ship with the program.</summary>
    public static RelationPhrases BuiltIn { get; } = Read();

    /// <summary>The relations that have phrases of their own.</summary>
    public IEnumerable<string> Known => _phrases.Keys;

    /// <summary>The ways to say a relation of one thing.</summary>
    /// <param name="relation">The relation's name.</param>
    /// <param name="isToSeveral">Whether its object is a plural: "is one of the loop diuretics".</param>
    public IReadOnlyList<string> Of(string relation, bool isToSeveral) =>
        isToSeveral && _toSeveral.TryGetValue(relation, out var several) ? several
        : _phrases.TryGetValue(relation, out var phrases) ? phrases
        : _others.GetOrAdd(relation, static r => [Said(r)]);

    /// <summary>A phrase as it is said of several things: "is raised in" becomes "are raised in".</summary>
    public static string OfSeveral(string phrase)
    {
        int blank = phrase.IndexOf(' ');
        var verb = blank < 0 ? phrase : phrase[..blank];
        var plural = verb switch
        {
            "is" => "are",
            "has" => "have",
            "was" => "were",
            "does" => "do",
            "goes" => "go",
            _ when verb.EndsWith("ies", StringComparison.Ordinal) => verb[..^3] + "y",
            _ when verb.EndsWith('s') && !verb.EndsWith("ss", StringComparison.Ordinal) => verb[..^1],
            _ => verb,
        };
        return plural + phrase[verb.Length..];
    }

    /// <summary>A relation of a terminology that is not in the table, as a verb.</summary>
    private static string Said(string relation)
    {
        var name = relation.Trim().Replace('_', ' ').Replace("\"", "", StringComparison.Ordinal).ToLowerInvariant();
        int blank = name.IndexOf(' ');
        var first = blank < 0 ? name : name[..blank];
        if (first is "is" or "has" or "was" or "does" or "are" || Array.Exists(_helpers, h => name.StartsWith(h, StringComparison.Ordinal)))
            return name;
        bool isVerb = first.Length > 3 && first.EndsWith('s') && !first.EndsWith("ss", StringComparison.Ordinal) && !first.EndsWith("us", StringComparison.Ordinal) && !first.EndsWith("is", StringComparison.Ordinal);
        if (isVerb && !name.EndsWith(" of", StringComparison.Ordinal))
            return name;
        if (Array.Exists(_ends, e => name.EndsWith(e, StringComparison.Ordinal)))
            return name.EndsWith(" of", StringComparison.Ordinal) && !first.EndsWith("ed", StringComparison.Ordinal) ? $"is the {name}" : $"is {name}";
        return $"has the relation {name} to";
    }

    private static RelationPhrases Read()
    {
        using var stream = typeof(RelationPhrases).Assembly.GetManifestResourceStream("relation-phrases.json")!;
        return new RelationPhrases(JsonSerializer.Deserialize<Table>(stream, JsonSerializerOptions.Web)!);
    }

    /// <summary>The file: ways to say a relation, and those to say it of a plural object.</summary>
    private sealed record Table(Dictionary<string, string[]> Phrases, Dictionary<string, string[]> ToSeveral);
}
