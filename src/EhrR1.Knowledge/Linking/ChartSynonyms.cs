using System.Collections.Frozen;

namespace EhrR1.Knowledge;

/// <summary>Names for what charts call otherwise: "NS" is sodium chloride, "CMED" is cardiology.</summary>
/// <remarks>
/// The table is data of our own (synonyms.tsv in the assembly): kinds between commas, the chart's words, and the names of
/// concepts. Names between " | " are tried in turn, those between " + " are all meant. Safe for any number of threads.
/// </remarks>
internal static class ChartSynonyms
{
    private static readonly FrozenDictionary<(TermKind Kind, string Form), string[][]> _table = Load();

    /// <summary>What a normal form stands for: alternatives, best first, each of the names that it means together.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Find(TermKind kind, string form) => _table.GetValueOrDefault((kind, form)) ?? [];

    private static FrozenDictionary<(TermKind, string), string[][]> Load()
    {
        var table = new Dictionary<(TermKind, string), string[][]>();
        foreach (var row in EmbeddedTables.Rows("synonyms.tsv", 3))
        {
            string[][] names = [.. row[2].Split(" | ").Select(a => a.Split(" + ").Select(n => n.Trim()).ToArray())];
            foreach (var kind in row[0].Split(',').Select(Enum.Parse<TermKind>))
            {
                foreach (var words in row[1].Split(';'))
                    table.TryAdd((kind, NormalForm.Of(words)), names);
            }
        }

        return table.ToFrozenDictionary();
    }
}
