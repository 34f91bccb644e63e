using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>The concepts that a text names, marked up in the text for people, and as JSON for scripts.</summary>
internal static class MentionText
{
    /// <summary>The text with each mention in brackets, then a table of the mentions.</summary>
    public static void Write(TextWriter to, Terminology terminology, string text, IReadOnlyList<NoteMention> mentions)
    {
        to.WriteLine(MarkedUp(terminology, text, mentions).TrimEnd());
        to.WriteLine();
        if (mentions.Count == 0)
        {
            to.WriteLine("The text names no concept of the terminology.");
            return;
        }

        var table = new PlainTable(">line", ">column", "text", "concept", "name", ">similarity", "section", "marks");
        foreach (var (mention, line, column) in WithPlaces(text, mentions))
            table.Add(Number(line), Number(column), Quoted(text, mention), terminology.Id(mention.Concept), terminology.Name(mention.Concept), mention.Similarity.ToString("0.00", CultureInfo.InvariantCulture), mention.Section, Marks(mention));
        table.Write(to);
        int asserted = mentions.Count(m => m.IsAsserted);
        to.WriteLine($"{mentions.Count:#,0} mentions of {mentions.Select(m => m.Concept).Distinct().Count():#,0} concepts; {asserted:#,0} of the patient, {mentions.Count - asserted:#,0} with a mark");
    }

    public static JsonArray Json(Terminology terminology, string text, IReadOnlyList<NoteMention> mentions) =>
        new([.. WithPlaces(text, mentions).Select(p => (JsonNode?)new JsonObject
        {
            ["start"] = p.Mention.Start,
            ["length"] = p.Mention.Length,
            ["line"] = p.Line,
            ["column"] = p.Column,
            ["text"] = text.Substring(p.Mention.Start, p.Mention.Length),
            ["id"] = terminology.Id(p.Mention.Concept),
            ["name"] = terminology.Name(p.Mention.Concept),
            ["by"] = terminology.Names.Name(p.Mention.Name),
            ["similarity"] = Math.Round(p.Mention.Similarity, 4),
            ["semantic_types"] = new JsonArray([.. terminology.SemanticTypesOf(p.Mention.Concept).Select(t => (JsonNode?)t)]),
            ["section"] = p.Mention.Section,
            ["negated"] = p.Mention.IsNegated,
            ["family"] = p.Mention.IsOfFamily,
            ["allergy"] = p.Mention.IsOfAllergy,
            ["hypothetical"] = p.Mention.IsHypothetical,
            ["asserted"] = p.Mention.IsAsserted,
        })]);

    /// <summary>The text with each mention as <c>[chest pain → Chest pain, negated]</c>.</summary>
    internal static string MarkedUp(Terminology terminology, string text, IReadOnlyList<NoteMention> mentions)
    {
        var marked = new StringBuilder(text.Length * 2);
        int at = 0;
        foreach (var place in mentions.GroupBy(m => (m.Start, m.Length)))
        {
            // Where not the best matches alone were asked for, places overlap; the first one is marked.
            if (place.Key.Start < at)
                continue;
            marked.Append(text, at, place.Key.Start - at).Append('[').Append(text, place.Key.Start, place.Key.Length);
            marked.Append(" → ").AppendJoin(" | ", place.Select(m => terminology.Name(m.Concept)));
            if (Marks(place.First()) is { Length: > 0 } marks)
                marked.Append(", ").Append(marks);
            marked.Append(']');
            at = place.Key.Start + place.Key.Length;
        }

        return marked.Append(text, at, text.Length - at).ToString();
    }

    private static IEnumerable<(NoteMention Mention, int Line, int Column)> WithPlaces(string text, IReadOnlyList<NoteMention> mentions)
    {
        int line = 1, start = 0;
        foreach (var mention in mentions)
        {
            for (int end; (end = text.IndexOf('\n', start)) >= 0 && end < mention.Start; start = end + 1)
                line++;
            yield return (mention, line, mention.Start - start + 1);
        }
    }

    private static string Marks(NoteMention mention) => string.Join(", ", new[]
    {
        mention.IsNegated ? "negated" : null, mention.IsOfFamily ? "of family" : null, mention.IsOfAllergy ? "allergy" : null, mention.IsHypothetical ? "hypothetical" : null,
    }.Where(m => m is not null));

    private static string Quoted(string text, NoteMention mention) => text.Substring(mention.Start, mention.Length).ReplaceLineEndings(" ");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
