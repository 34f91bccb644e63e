using System.Collections.Frozen;
using System.Text.Json;

namespace EhrR1.Knowledge;

/// <summary>Which semantic types a kind of term may name, the best first: a drug term names drugs, then classes of drugs, and no disease.</summary>
/// <remarks>Data of our own (types.json in the assembly), with UMLS's types and those of the open sources. Safe for any number of threads.</remarks>
internal static class TypePreference
{
    private static readonly FrozenDictionary<TermKind, FrozenDictionary<string, int>> _ranks = Load();

    /// <summary>The rank of a type that a kind may not name.</summary>
    public const int Refused = int.MaxValue;

    /// <summary>How well a concept's types fit a kind: 0 is best. Concepts without a type fit last; a kind without a list takes all.</summary>
    public static int RankOf(TermKind kind, IReadOnlyList<string> types)
    {
        if (!_ranks.TryGetValue(kind, out var ranks))
            return 0;
        if (types.Count == 0)
            return ranks.Count;
        int best = Refused;
        foreach (var type in types)
            best = Math.Min(best, ranks.GetValueOrDefault(type, Refused));
        return best;
    }

    /// <summary>Those of a few concepts whose types fit a kind best, in their order.</summary>
    public static List<int> Best(Terminology terminology, TermKind kind, IReadOnlyList<int> concepts)
    {
        if (concepts.Count == 0)
            return [];
        var ranked = concepts.Select(c => (Concept: c, Rank: RankOf(kind, terminology.SemanticTypesOf(c)))).Where(c => c.Rank != Refused).ToList();
        int best = ranked.Count == 0 ? Refused : ranked.Min(c => c.Rank);
        return [.. ranked.Where(c => c.Rank == best).Select(c => c.Concept)];
    }

    private static FrozenDictionary<TermKind, FrozenDictionary<string, int>> Load()
    {
        using var stream = EmbeddedTables.Open("types.json");
        var groups = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(stream)!;
        return groups.ToFrozenDictionary(
            p => Enum.Parse<TermKind>(p.Key),
            p => p.Value.SelectMany((types, rank) => types.Select(t => (Type: t, Rank: rank))).DistinctBy(t => t.Type).ToFrozenDictionary(t => t.Type, t => t.Rank, StringComparer.Ordinal));
    }
}
