namespace EhrR1.Knowledge;

/// <summary>What the thinking graphs of one task's samples reach.</summary>
/// <param name="Task">The task.</param>
/// <param name="Samples">Samples.</param>
/// <param name="WithPairs">Samples of which an item of the answer has a fact in the history that goes with it.</param>
/// <param name="WithLinkedPairs">Samples with such a pair of which both terms name a concept.</param>
/// <param name="WithGraph">Samples with such a pair between whose concepts a way leads: these have a graph.</param>
/// <param name="Targets">Items of answers.</param>
/// <param name="TargetsWithPairs">Items with a fact that goes with them.</param>
/// <param name="TargetsWithEdges">Items that an edge leads to.</param>
/// <param name="Pairs">Pairs of an item and a fact, at most so many an item as were asked for.</param>
/// <param name="LinkedPairs">Pairs of which both terms name a concept.</param>
/// <param name="PairsWithPath">Pairs with a way from one to the other: the edges.</param>
public sealed record GraphTaskCoverage(
    string Task, long Samples, long WithPairs, long WithLinkedPairs, long WithGraph, long Targets, long TargetsWithPairs, long TargetsWithEdges, long Pairs, long LinkedPairs, long PairsWithPath)
{
    internal static GraphTaskCoverage None(string task) => new(task, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    internal GraphTaskCoverage Plus(SampleTally tally) => this with
    {
        Samples = Samples + 1,
        WithPairs = WithPairs + (tally.Pairs > 0 ? 1 : 0),
        WithLinkedPairs = WithLinkedPairs + (tally.LinkedPairs > 0 ? 1 : 0),
        WithGraph = WithGraph + (tally.PairsWithPath > 0 ? 1 : 0),
        Targets = Targets + tally.Targets,
        TargetsWithPairs = TargetsWithPairs + tally.TargetsWithPairs,
        TargetsWithEdges = TargetsWithEdges + tally.TargetsWithEdges,
        Pairs = Pairs + tally.Pairs,
        LinkedPairs = LinkedPairs + tally.LinkedPairs,
        PairsWithPath = PairsWithPath + tally.PairsWithPath,
    };

    internal GraphTaskCoverage Plus(GraphTaskCoverage other) => this with
    {
        Samples = Samples + other.Samples,
        WithPairs = WithPairs + other.WithPairs,
        WithLinkedPairs = WithLinkedPairs + other.WithLinkedPairs,
        WithGraph = WithGraph + other.WithGraph,
        Targets = Targets + other.Targets,
        TargetsWithPairs = TargetsWithPairs + other.TargetsWithPairs,
        TargetsWithEdges = TargetsWithEdges + other.TargetsWithEdges,
        Pairs = Pairs + other.Pairs,
        LinkedPairs = LinkedPairs + other.LinkedPairs,
        PairsWithPath = PairsWithPath + other.PairsWithPath,
    };
}
