using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>What the thinking graphs of a split reach, for people.</summary>
internal static class GraphCoverageText
{
    private const int MissesShown = 15;

    public static void Write(TextWriter to, GraphSummary summary)
    {
        var table = new PlainTable("Task", ">Samples", ">With a pair", ">Both linked", ">With a graph", ">Targets reached", ">Pairs", ">Both linked", ">With a path");
        foreach (var task in summary.Tasks.Append(summary.Total))
        {
            table.Add(
                task.Task, ConceptText.Number(task.Samples), ConceptText.Share(task.WithPairs, task.Samples), ConceptText.Share(task.WithLinkedPairs, task.Samples), ConceptText.Share(task.WithGraph, task.Samples),
                ConceptText.Share(task.TargetsWithEdges, task.Targets), ConceptText.Number(task.Pairs), ConceptText.Share(task.LinkedPairs, task.Pairs), ConceptText.Share(task.PairsWithPath, task.Pairs));
        }

        table.Write(to);
        if (summary.Misses.Count > 0)
            to.WriteLine($"Terms without a concept that cost the most pairs: {string.Join("; ", summary.Misses.Take(MissesShown).Select(m => $"{m.Term} ({ConceptText.Number(m.Pairs)})"))}");
    }
}
