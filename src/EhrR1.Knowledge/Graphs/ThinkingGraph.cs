using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Which facts of a sample's record go with its answer, statistically and by medical relations.</summary>
/// <remarks>Immutable; safe for any number of threads. Source: the EHR-R1 paper (arXiv 2510.25628).</remarks>
public sealed record ThinkingGraph
{
    /// <summary>The sample's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The patient.</summary>
    public required long SubjectId { get; init; }

    /// <summary>When the question is asked.</summary>
    public required DateTime PredictionTime { get; init; }

    /// <summary>The items of the answer that an edge leads to, in the order of the answer; one that names several concepts stands once for each that a path leads to.</summary>
    public required IReadOnlyList<GraphTarget> Targets { get; init; }

    /// <summary>The facts that an edge leads from, in the order of their events.</summary>
    public required IReadOnlyList<GraphFact> Facts { get; init; }

    /// <summary>The edges by target, the highest Lift first.</summary>
    public required IReadOnlyList<GraphEdge> Edges { get; init; }

    /// <summary>The task's definition.</summary>
    public TaskDefinition Definition => TaskCatalog.Get(Task);
}
