using System.Globalization;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Counts how many rows and different terms of each field were linked, by which way, with codes and by text alone; and what was missed most.</summary>
/// <remarks>Not thread-safe: count in one per thread and <see cref="Add(LinkCoverage)"/> them; the result does not depend on the order.</remarks>
public sealed class LinkCoverage
{
    private readonly Dictionary<(int Type, int Field), Dictionary<string, Tally>> _terms = [];

    /// <summary>Counts rows of a term.</summary>
    /// <param name="type">The event type that has the term.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">The term's text.</param>
    /// <param name="way">How it was linked, or <see langword="null"/> where it was not.</param>
    /// <param name="byText">How it was linked by its text alone, or <see langword="null"/>.</param>
    /// <param name="rows">How many rows have it.</param>
    public void Add(EventType type, EventField field, string text, LinkWay? way, LinkWay? byText, long rows = 1)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        var tally = TallyOf((type.Rank, field.Ordinal), text);
        tally.Ways[Index(way)] += rows;
        tally.TextWays[Index(byText)] += rows;
    }

    /// <summary>Adds what another one counted.</summary>
    public void Add(LinkCoverage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (field, terms) in other._terms)
        {
            foreach (var (text, counted) in terms)
            {
                var tally = TallyOf(field, text);
                for (int i = 0; i < tally.Ways.Length; i++)
                {
                    tally.Ways[i] += counted.Ways[i];
                    tally.TextWays[i] += counted.TextWays[i];
                }
            }
        }
    }

    /// <summary>What was counted: one entry a field, in the order of the event catalogue, then one for all together.</summary>
    /// <param name="misses">How many of the most frequent misses each entry names.</param>
    public IReadOnlyList<FieldCoverage> Fields(int misses = 20)
    {
        var fields = _terms.OrderBy(t => t.Key).Select(t =>
        {
            var type = EventCatalog.Types[t.Key.Type];
            return Sum(type.Name, type.Columns[t.Key.Field].Name, [.. t.Value.Select(p => ("", p.Key, p.Value))], misses);
        }).ToList();
        if (fields.Count > 0)
            fields.Add(Sum("all", "", [.. _terms.SelectMany(t => t.Value.Select(p => (EventCatalog.Types[t.Key.Type].Name + ": ", p.Key, p.Value)))], misses));
        return fields;
    }

    /// <summary>A table for people: of each field the rows and different terms, and the share of rows linked by each way.</summary>
    public string ToMarkdown()
    {
        var table = new StringBuilder("| event | field | rows | terms | linked | by text alone | exact | normalised | code | ancestor | approximate | terms linked |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var f in Fields(0))
        {
            string[] shares = [.. Enum.GetValues<LinkWay>().Select(w => Share(f.RowsByWay[w], f.Rows))];
            table.Append(CultureInfo.InvariantCulture, $"| {f.EventType} | {f.Field} | {f.Rows} | {f.Terms} | {Share(f.RowsLinked, f.Rows)} | {Share(f.RowsLinkedByText, f.Rows)} | {string.Join(" | ", shares)} | {Share(f.TermsLinked, f.Terms)} |\n");
        }

        return table.ToString();
    }

    private static string Share(long part, long whole) => whole == 0 ? "" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static int Index(LinkWay? way) => way is { } known ? (int)known + 1 : 0;

    private static FieldCoverage Sum(string type, string field, List<(string Before, string Text, Tally Tally)> terms, int misses)
    {
        var ways = Enum.GetValues<LinkWay>();
        return new FieldCoverage(
            type, field, terms.Sum(t => t.Tally.Rows), terms.Count,
            ways.ToDictionary(w => w, w => terms.Sum(t => t.Tally.Ways[Index(w)])), ways.ToDictionary(w => w, w => terms.Sum(t => t.Tally.TextWays[Index(w)])),
            terms.Count(t => t.Tally.Ways[0] < t.Tally.Rows), terms.Count(t => t.Tally.TextWays[0] < t.Tally.Rows),
            [.. terms.Where(t => t.Tally.Ways[0] > 0).Select(t => new MissedTerm(t.Before + t.Text, t.Tally.Ways[0])).OrderByDescending(m => m.Rows).ThenBy(m => m.Text, StringComparer.Ordinal).Take(misses)]);
    }

    private Tally TallyOf((int, int) field, string text)
    {
        if (!_terms.TryGetValue(field, out var terms))
            _terms.Add(field, terms = new Dictionary<string, Tally>(StringComparer.Ordinal));
        if (!terms.TryGetValue(text, out var tally))
            terms.Add(text, tally = new Tally());
        return tally;
    }

    private sealed class Tally
    {
        /// <summary>Rows by way; the first number is of those without any.</summary>
        public long[] Ways { get; } = new long[Enum.GetValues<LinkWay>().Length + 1];

        public long[] TextWays { get; } = new long[Enum.GetValues<LinkWay>().Length + 1];

        public long Rows => Ways.Sum();
    }
}
