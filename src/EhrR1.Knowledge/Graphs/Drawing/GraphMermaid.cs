using System.Globalization;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>Writes a thinking graph as a Mermaid flowchart.</summary>
public static class GraphMermaid
{
    /// <summary>Writes the graph: facts with their events on the left, concepts of the paths between, items of the answer on the right.</summary>
    public static string Write(ThinkingGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var to = new StringBuilder("flowchart LR\n");
        var between = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Facts.Count; i++)
            to.Append(CultureInfo.InvariantCulture, $"  F{i}[\"{Escape(graph.Facts[i].Term)}<br/><small>{Escape(GraphText.EventOf(graph.Facts[i]))}</small>\"]:::fact\n");
        for (int i = 0; i < graph.Targets.Count; i++)
            to.Append(CultureInfo.InvariantCulture, $"  T{i}([\"{Escape(graph.Targets[i].Term)}\"]):::target\n");
        var drawn = new HashSet<(string, string, string)>();
        foreach (var edge in graph.Edges)
        {
            var path = edge.Paths[0];
            var last = $"F{edge.Fact}";
            if (path.Count == 1)
                Draw(last, GraphText.SameConcept, $"T{edge.Target}");
            for (int i = 1; i < path.Count; i += 2)
            {
                var next = i + 2 == path.Count ? $"T{edge.Target}" : Between(path[i + 1]);
                Draw(last, path[i], next);
                last = next;
            }

            to.Append(CultureInfo.InvariantCulture, $"  F{edge.Fact} -. \"Lift {edge.Lift:0.0}\" .-> T{edge.Target}\n");
        }

        return to.Append("  classDef fact fill:#eef4fb,stroke:#3b6ea5\n  classDef target fill:#fdf1e3,stroke:#b5651d\n  classDef between fill:#ffffff,stroke:#888888\n").ToString();

        string Between(string name)
        {
            if (!between.TryGetValue(name, out var id))
            {
                between.Add(name, id = $"C{between.Count}");
                to.Append(CultureInfo.InvariantCulture, $"  {id}(\"{Escape(name)}\"):::between\n");
            }

            return id;
        }

        void Draw(string from, string relation, string end)
        {
            if (drawn.Add((from, relation, end)))
                to.Append(CultureInfo.InvariantCulture, $"  {from} -- \"{Escape(relation)}\" --> {end}\n");
        }
    }

    // Mermaid reads entities without their ampersand's semicolon rules: #quot; is its own form.
    private static string Escape(string text) => text.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
