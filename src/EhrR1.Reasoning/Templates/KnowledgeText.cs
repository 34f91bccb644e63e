using System.Globalization;
using System.Text;
using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Writes the paths of a thinking graph as a teacher reads them, one a line.</summary>
public static class KnowledgeText
{
    /// <summary>How many paths of an edge are shown: the best.</summary>
    public const int MostPaths = 3;

    /// <summary>Writes the paths in the order of the graph, each fact with the event that it stands in; a path that several facts share is written with all of them.</summary>
    /// <param name="graph">The graph.</param>
    public static string Of(ThinkingGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var lines = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var edge in graph.Edges)
        {
            var fact = graph.Facts[edge.Fact];
            var place = $"\"{fact.Text}\" in {EventCatalog.Get(fact.Event).DisplayName} [{(fact.Time is { } time ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "None")}]";
            foreach (var path in edge.Paths.Take(MostPaths))
            {
                var way = path.Count == 1 ? $"{path[0]} is the same thing" : string.Join(" → ", path);
                var target = graph.Targets[edge.Target].Term;
                if (!target.Equals(path[^1], StringComparison.OrdinalIgnoreCase))
                    way += $" (here: {target})";
                if (!lines.TryGetValue(way, out var places))
                {
                    lines.Add(way, places = []);
                    order.Add(way);
                }

                if (!places.Contains(place))
                    places.Add(place);
            }
        }

        var text = new StringBuilder();
        foreach (var way in order)
            text.Append(text.Length > 0 ? "\n" : "").Append("- ").AppendJoin("; ", lines[way]).Append(": ").Append(way);
        return text.ToString();
    }
}
