using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>What a terminology says of a text, for people and for scripts.</summary>
internal static class TerminologyText
{
    /// <summary>A concept that was found, by which way, through which name or code, and how similar that is.</summary>
    internal readonly record struct Found(int Concept, string Way, string By, double Similarity);

    /// <summary>The concepts of a code, or those of the names most similar to a text, each once.</summary>
    public static List<Found> Find(Terminology terminology, string text, SimilarityThreshold threshold, int top)
    {
        int colon = text.IndexOf(':');
        if (colon > 0 && new ConceptCode(text[..colon], text[(colon + 1)..]) is var code && terminology.Find(code) is { Count: > 0 } coded)
            return [.. coded.Take(top).Select(c => new Found(c, "code", code.ToString(), 1))];
        var found = new List<Found>();
        var seen = new HashSet<int>();
        var folded = NameIndex.Fold(text);
        foreach (var match in terminology.Names.Find(text, threshold))
        {
            var name = terminology.Names.Name(match.Name);
            foreach (int concept in terminology.ConceptsOf(match.Name))
            {
                if (found.Count < top && seen.Add(concept))
                    found.Add(new Found(concept, name == folded ? "exact" : "approximate", name, match.Similarity));
            }
        }

        return found;
    }

    public static JsonNode Json(Terminology terminology, Found found) => new JsonObject
    {
        ["id"] = terminology.Id(found.Concept),
        ["name"] = terminology.Name(found.Concept),
        ["way"] = found.Way,
        ["by"] = found.By,
        ["similarity"] = Math.Round(found.Similarity, 4),
        ["names"] = Array(terminology.NamesOf(found.Concept)),
        ["semantic_types"] = Array(terminology.SemanticTypesOf(found.Concept)),
        ["codes"] = Array(terminology.CodesOf(found.Concept).Select(c => c.ToString())),
        ["definitions"] = Array(terminology.DefinitionsOf(found.Concept)),
        ["relations"] = terminology.RelationsFrom(found.Concept).Length + terminology.RelationsTo(found.Concept).Length,
    };

    public static void Write(TextWriter to, Terminology terminology, string text, IReadOnlyList<Found> found)
    {
        if (found.Count == 0)
        {
            to.WriteLine($"Nothing in the terminology is similar to \"{text}\".");
            return;
        }

        var table = new PlainTable(">similarity", "way", "by", "concept", "name", "types", ">relations");
        foreach (var one in found)
        {
            int relations = terminology.RelationsFrom(one.Concept).Length + terminology.RelationsTo(one.Concept).Length;
            table.Add(one.Similarity.ToString("0.00", CultureInfo.InvariantCulture), one.Way, one.By, terminology.Id(one.Concept), terminology.Name(one.Concept), string.Join(", ", terminology.SemanticTypesOf(one.Concept)), $"{relations:#,0}");
        }

        table.Write(to);
        var first = found[0].Concept;
        to.WriteLine($"{terminology.Name(first)} ({terminology.Id(first)})");
        foreach (var definition in terminology.DefinitionsOf(first))
            to.WriteLine($"  {definition}");
        to.WriteLine($"  Names: {string.Join("; ", terminology.NamesOf(first))}");
        to.WriteLine($"  Codes: {string.Join(", ", terminology.CodesOf(first))}");
    }

    public static void WriteFacts(TextWriter to, TerminologyFacts facts, string path)
    {
        to.WriteLine($"{facts.Concepts:#,0} concepts with {facts.Names:#,0} names, {facts.Codes:#,0} codes, {facts.Definitions:#,0} definitions and {facts.Relations:#,0} relations from {string.Join(", ", facts.Sources)}: {path}");
        if (facts.Merged > 0)
            to.WriteLine($"Merged: {facts.Merged:#,0} concepts of different sources became one with another");
        foreach (var (why, count) in facts.LeftOut)
            to.WriteLine($"Left out: {count:#,0} {why}");
        foreach (var licence in facts.Licences)
            to.WriteLine($"Licence: {licence}");
        to.WriteLine($"Next: ehr-r1 terminology lookup \"heart failure\" --terminology {ShellText.Of(path)}");
    }

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
