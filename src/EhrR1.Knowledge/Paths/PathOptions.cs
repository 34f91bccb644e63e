namespace EhrR1.Knowledge;

/// <summary>How paths between concepts are looked for.</summary>
public sealed record PathOptions
{
    /// <summary>The most relations that a path has. The default value is 10.</summary>
    public int MostEdges { get; init; } = 10;

    /// <summary>The most paths that are given for two concepts. The default value is 10.</summary>
    public int MostPaths { get; init; } = 10;

    /// <summary>The most concepts whose relations are read from each end. The default value is 2,000.</summary>
    public int MostNodes { get; init; } = 2_000;

    /// <summary>The names of the relations that no path takes; case, and underscores for blanks, make no difference.</summary>
    /// <remarks>The default value is the four of the EHR-R1 paper: subset includes concept, concept in subset, has contraindicated drug, contraindicated with disease.</remarks>
    public IReadOnlyCollection<string> ExcludedRelations { get; init; } =
        ["subset includes concept", "concept in subset", "has contraindicated drug", "contraindicated with disease"];

    /// <summary>For how many pairs of concepts the answer is remembered; 0 remembers none. The default value is 20,000, about 40 MB when full.</summary>
    public int CacheSize { get; init; } = 20_000;
}
