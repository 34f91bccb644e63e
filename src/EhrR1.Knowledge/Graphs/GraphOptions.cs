namespace EhrR1.Knowledge;

/// <summary>How thinking graphs are made.</summary>
public sealed record GraphOptions
{
    /// <summary>How many facts an item of the answer keeps at most, those with the highest Lift; the ones without a path are dropped afterwards. The default value is 20.</summary>
    public int Top { get; init; } = 20;

    /// <summary>How many paths an edge keeps at most. The default value is 1.</summary>
    public int MostPaths { get; init; } = 1;

    /// <summary>How many concepts of an ambiguous term are tried. The default value is 3.</summary>
    public int MostConcepts { get; init; } = 3;

    /// <summary>
    /// A path that turns at a concept (in by a relation, out by its inverse: "is a … has subtype") says that two things have it in common;
    /// where more concepts than this have it in common, that says nothing and the path is dropped. <see langword="null"/> drops none, as published.
    /// The default value is 20.
    /// </summary>
    public int? MostInCommon { get; init; } = 20;

    /// <summary>
    /// How paths are searched for. The default value is at most 3 edges, and without "resembles" (a likeness of texts), "localizes to" and "disease has location"
    /// (what lies in the same organ need not be related). As published it would be 10 and with these: long paths lead from everything to everything
    /// (docs/thinking-graph.md has the figures).
    /// </summary>
    public PathOptions Paths { get; init; } = new() { MostEdges = 3, ExcludedRelations = [.. new PathOptions().ExcludedRelations, "resembles", "localizes to", "disease has location"] };

    /// <summary>The tasks by name; <see langword="null"/>, the default value, for the paper's decision tasks.</summary>
    public IReadOnlyCollection<string>? Tasks { get; init; }

    /// <summary>The split whose samples get a graph. The default value is train.</summary>
    public string Split { get; init; } = EhrR1.Tasks.SplitNames.Train;

    /// <summary>How many threads to use. The default value is the number of processors. The results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
