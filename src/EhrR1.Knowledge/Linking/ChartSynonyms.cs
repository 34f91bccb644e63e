using System.Collections.Frozen;

namespace EhrR1.Knowledge;

/// <summary>Names for what charts call otherwise: "NS" is sodium chloride, "CMED" is cardiology.</summary>
/// <remarks>
/// The table is data of our own (synonyms.tsv in the assembly): kinds between commas, the chart's words, and the names of
/// concepts. Names between " | " are tried in turn, those between " + " are all meant; after "&lt; " the concept is only the nearest
/// broader one. Safe for any number of threads.
/// </remarks>
internal static class ChartSynonyms
{
    private const string Broader = "< ";
    private static readonly FrozenDictionary<(TermKind Kind, string Form), string[][]> _table = Load(broader: false);
    private static readonly FrozenDictionary<(TermKind Kind, string Form), string[][]> _broader = Load(broader: true);

    /// <summary>The terms of the table, each with its kind, for the tests: which of them name a concept.</summary>
    internal static IEnumerable<(TermKind Kind, string Form)> Terms => [.. _table.Keys, .. _broader.Keys];

    /// <summary>What a normal form stands for: alternatives, best first, each of the names that it means together.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Find(TermKind kind, string form) => _table.GetValueOrDefault((kind, form)) ?? [];

    /// <summary>Names of the nearest broader concept of a normal form, best first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> FindBroader(TermKind kind, string form) => _broader.GetValueOrDefault((kind, form)) ?? [];

    private static FrozenDictionary<(TermKind, string), string[][]> Load(bool broader)
    {
        var table = new Dictionary<(TermKind, string), string[][]>();
        foreach (var row in EmbeddedTables.Rows("synonyms.tsv", 3))
        {
            if (row[2].StartsWith(Broader, StringComparison.Ordinal) != broader)
                continue;
            string[][] names = [.. (broader ? row[2][Broader.Length..] : row[2]).Split(" | ").Select(a => a.Split(" + ").Select(n => n.Trim()).ToArray())];
            foreach (var kind in row[0].Split(',').Select(Enum.Parse<TermKind>))
            {
                foreach (var words in row[1].Split(';'))
                    table.TryAdd((kind, NormalForm.Of(words)), names);
            }
        }

        return table.ToFrozenDictionary();
    }
}
