using System.Globalization;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Writes a thinking graph for people to read.</summary>
public static class GraphText
{
    /// <summary>The relation of two terms that name the same concept.</summary>
    public const string SameConcept = "is the same as";

    /// <summary>Writes the graph, one item of the answer after the other with the facts that bear on it.</summary>
    public static void Write(TextWriter to, ThinkingGraph graph)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(graph);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{graph.Id}: {graph.Definition.Instruction}"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Patient {graph.SubjectId}, asked at {graph.PredictionTime:yyyy-MM-dd HH:mm:ss}: {graph.Facts.Count} facts lead to {graph.Targets.Count} items of the answer."));
        for (int i = 0; i < graph.Targets.Count; i++)
        {
            to.WriteLine();
            to.WriteLine($"{graph.Targets[i].Term}  ({Concept(graph.Targets[i].Term, graph.Targets[i].Name, graph.Targets[i].Concept)})");
            foreach (var edge in graph.Edges.Where(e => e.Target == i))
            {
                var fact = graph.Facts[edge.Fact];
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {edge.Lift,6:0.0} ×  {fact.Term}  [{EventOf(fact)}{(fact.Events > 1 ? $", one of {fact.Events}" : "")}]"));
                foreach (var path in edge.Paths)
                    to.WriteLine($"            {PathOf(path)}");
            }
        }
    }

    /// <summary>A path in one line.</summary>
    public static string PathOf(IReadOnlyList<string> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count == 1)
            return $"both are {path[0]}";
        var text = new StringBuilder(path[0]);
        for (int i = 1; i < path.Count; i += 2)
            text.Append(" → ").Append(path[i]).Append(" → ").Append(path[i + 1]);
        return text.ToString();
    }

    /// <summary>The event of a fact, as the input's heading names it.</summary>
    public static string EventOf(GraphFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var name = EventCatalog.TryGet(fact.Event, out var type) ? type!.DisplayName : fact.Event;
        return fact.Time is { } time ? string.Create(CultureInfo.InvariantCulture, $"{name}, {time:yyyy-MM-dd HH:mm:ss}") : name;
    }

    private static string Concept(string term, string name, string id) => term == name ? id : $"{name}, {id}";
}
