using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EhrR1.Knowledge;

/// <summary>Makes a chart's terms plainer step by step: cuts off strength, form, route, salts, specimens and the fillers of code titles.</summary>
/// <remarks>The rules are data of our own (rules.json in the assembly). Safe for any number of threads.</remarks>
internal static class ChartRules
{
    private const int MostRounds = 4;
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly ChartRule[] _all = Load();
    private static readonly FrozenDictionary<TermKind, ChartRule[]> _byKind =
        Enum.GetValues<TermKind>().ToFrozenDictionary(k => k, k => _all.Where(r => r.Kinds.Contains(k)).ToArray());

    /// <summary>All rules, in the order in which they are applied.</summary>
    public static IReadOnlyList<ChartRule> All => _all;

    /// <summary>A term's text in lower case, then plainer ones in the order in which they are to be looked up; different from each other, and none empty.</summary>
    public static IReadOnlyList<string> Variants(TermKind kind, string text)
    {
        var variants = new List<string>();
        var asides = new List<string>();
        Plainer(kind, text, variants, asides);
        // What stands in parentheses may be a brand, an abbreviation or a full name; what stands in it is not looked at again.
        foreach (var aside in asides.Distinct(StringComparer.Ordinal).ToList())
            Plainer(kind, aside, variants, []);
        return variants;
    }

    private static void Plainer(TermKind kind, string text, List<string> variants, List<string> asides)
    {
        text = ChartRule.Tidy(text.ToLowerInvariant());
        Add(variants, text);
        for (int round = 0; round < MostRounds; round++)
        {
            var before = text;
            foreach (var rule in _byKind[kind])
            {
                text = rule.Apply(text, asides);
                Add(variants, text);
            }

            if (text == before)
                break;
        }
    }

    private static void Add(List<string> variants, string text)
    {
        if (text.Length > 0 && !variants.Contains(text))
            variants.Add(text);
    }

    private static ChartRule[] Load()
    {
        using var stream = EmbeddedTables.Open("rules.json");
        return JsonSerializer.Deserialize<ChartRule[]>(stream, _json)!;
    }
}
