namespace EhrR1.Knowledge;

/// <summary>What the thinking graphs of a split reach.</summary>
/// <param name="Tasks">The tasks in the order of the catalogue.</param>
/// <param name="Misses">The terms without a concept that cost the most pairs.</param>
public sealed record GraphSummary(IReadOnlyList<GraphTaskCoverage> Tasks, IReadOnlyList<GraphMiss> Misses)
{
    /// <summary>The sum over all tasks.</summary>
    public GraphTaskCoverage Total => Tasks.Aggregate(GraphTaskCoverage.None("all"), (sum, task) => sum.Plus(task));
}
