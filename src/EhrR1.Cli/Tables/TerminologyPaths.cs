using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>How two concepts are related, for people and for scripts.</summary>
internal static class TerminologyPaths
{
    public static JsonNode Json(Terminology terminology, IReadOnlyList<TerminologyText.Found> ends, IReadOnlyList<ConceptPath> paths) => new JsonObject
    {
        ["from"] = TerminologyText.Json(terminology, ends[0]),
        ["to"] = TerminologyText.Json(terminology, ends[1]),
        ["paths"] = new JsonArray([.. paths.Select(p => new JsonObject
        {
            ["cost"] = Math.Round(p.Cost, 2),
            ["words"] = new JsonArray([.. p.Words(terminology).Select(w => (JsonNode?)w)]),
            ["concepts"] = new JsonArray([.. p.Steps.Select(s => s.From).Append(p.Steps[^1].To).Select(c => (JsonNode?)terminology.Id(c))]),
        })]),
    };

    public static void Write(TextWriter to, Terminology terminology, IReadOnlyList<string> texts, IReadOnlyList<TerminologyText.Found> ends, IReadOnlyList<ConceptPath> paths)
    {
        for (int i = 0; i < ends.Count; i++)
        {
            var similarity = ends[i].Way == "approximate" ? string.Create(CultureInfo.InvariantCulture, $" at {ends[i].Similarity:0.00}") : "";
            to.WriteLine($"\"{texts[i]}\" is taken for {terminology.Name(ends[i].Concept)} ({terminology.Id(ends[i].Concept)}), {ends[i].Way} by {ends[i].By}{similarity}");
        }

        if (ends[0].Concept == ends[1].Concept)
            to.WriteLine("Both are one concept.");
        else if (paths.Count == 0)
            to.WriteLine("No path joins them.");
        foreach (var path in paths)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path.Cost,6:0.0}  {path.Text(terminology)}"));
    }
}
