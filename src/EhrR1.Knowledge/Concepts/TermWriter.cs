using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Writes the different terms with their concepts as Parquet: a row for each concept of a term, one without a concept for a miss.</summary>
internal static class TermWriter
{
    public static void Write(string path, ConceptTally tally, LinkCache links, Terminology terminology)
    {
        using var table = new TableWriter(path);
        var @event = table.Column<string?>("event");
        var field = table.Column<string?>("field");
        var kind = table.Column<string?>("kind");
        var term = table.Column<string?>("term");
        var codes = table.Column<string?>("codes");
        var rows = table.Column<long?>("rows");
        var rank = table.Column<int?>("rank");
        var concept = table.Column<string?>("concept");
        var name = table.Column<string?>("name");
        var way = table.Column<string?>("way");
        var similarity = table.Column<double?>("similarity");
        var byText = table.Column<string?>("way_by_text");
        foreach (var ((type, column, chartTerm), count) in InOrder(tally))
        {
            var linked = links.Of(chartTerm);
            for (int i = 0; i < Math.Max(1, linked.Links.Count); i++)
            {
                Add(type, column, chartTerm.Kind, chartTerm.Text, string.Join(' ', chartTerm.Codes), count, i, linked.Links.Count > 0 ? linked.Links[i] : null);
                byText.Add(linked.ByText?.ToString());
                table.EndRow();
            }
        }

        foreach (var ((type, column, found), count) in tally.Asserted.OrderBy(a => a.Key.Type.Rank).ThenBy(a => a.Key.Concept))
        {
            Add(type, column, TermKind.Note, terminology.Name(found), "", count, 0, new ConceptLink(found, LinkWay.Exact));
            byText.Add(null);
            table.EndRow();
        }

        table.Finish();

        void Add(EventType type, EventField column, TermKind termKind, string text, string termCodes, long count, int place, ConceptLink? link)
        {
            @event.Add(type.Name);
            field.Add(column.Name);
            kind.Add(termKind.ToString());
            term.Add(text);
            codes.Add(termCodes);
            rows.Add(count);
            rank.Add(place);
            concept.Add(link is { } l ? terminology.Id(l.Concept) : null);
            name.Add(link is { } n ? terminology.Name(n.Concept) : null);
            way.Add(link?.Way.ToString());
            similarity.Add(link?.Similarity);
        }
    }

    /// <summary>The terms by event type, field and text; of one text the most frequent codes first.</summary>
    public static IEnumerable<KeyValuePair<(EventType Type, EventField Field, ChartTerm Term), long>> InOrder(ConceptTally tally) => tally.Rows
        .OrderBy(r => r.Key.Type.Rank).ThenBy(r => r.Key.Field.Ordinal).ThenBy(r => r.Key.Term.Text, StringComparer.Ordinal)
        .ThenByDescending(r => r.Value).ThenBy(r => string.Join(' ', r.Key.Term.Codes), StringComparer.Ordinal);
}
