using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>Reads the thinking graphs of a workspace, those of a few samples without parsing the others.</summary>
internal static class GraphLines
{
    private const string IdBegins = "{\"id\":\"";

    /// <summary>Adds the names of all graphs to a vocabulary.</summary>
    public static void AddAll(Workspace workspace, string folder, GroundingVocabulary to, CancellationToken cancellationToken)
    {
        foreach (var file in Files(workspace, folder, "*"))
        {
            foreach (var line in File.ReadLines(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                to.Add(GraphJson.Parse(line));
            }
        }
    }

    /// <summary>The graphs of some samples of a shard.</summary>
    public static Dictionary<string, ThinkingGraph> Read(Workspace workspace, string folder, int shard, IReadOnlySet<string> samples)
    {
        var graphs = new Dictionary<string, ThinkingGraph>(StringComparer.Ordinal);
        foreach (var file in Files(workspace, folder, $"*-{shard:0000}"))
        {
            foreach (var line in File.ReadLines(file))
            {
                int end = line.IndexOf('"', IdBegins.Length);
                if (line.StartsWith(IdBegins, StringComparison.Ordinal) && end > 0 && samples.Contains(line[IdBegins.Length..end]))
                    graphs[line[IdBegins.Length..end]] = GraphJson.Parse(line);
            }
        }

        return graphs;
    }

    private static IEnumerable<string> Files(Workspace workspace, string folder, string pattern) =>
        Directory.Exists(workspace.PathOf(folder)) ? Directory.EnumerateFiles(workspace.PathOf(folder), pattern + ".jsonl").Order(StringComparer.Ordinal) : [];
}
