using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>How strictly chains are checked.</summary>
public sealed record GroundingOptions
{
    /// <summary>The weights of the measures in the score.</summary>
    public GroundingWeights Weights { get; init; } = new();

    /// <summary>How paths in the terminology are searched for. The default value is at most 3 relations, one path, and without "resembles", as the graphs are made.</summary>
    public PathOptions Paths { get; init; } = new() { MostEdges = 3, MostPaths = 1, ExcludedRelations = [.. new PathOptions().ExcludedRelations, "resembles"] };

    /// <summary>What each measure but the recall must reach for a chain to pass; one that is not defined passes. The default value is 0.8.</summary>
    public double LeastMeasure { get; init; } = 0.8;

    /// <summary>How many false claims (<see cref="GroundingResult.FalseClaims"/>) a chain that passes may hold, whatever its measures. The default value is 0: one invented value in an otherwise true chain is what a model must not learn.</summary>
    public int FalseClaimsAllowed { get; init; }

    /// <summary>How many faults are kept of a chain; all are counted. The default value is 100.</summary>
    public int MostFaults { get; init; } = 100;

    /// <summary>Whether a chain passes: each measure reaches <see cref="LeastMeasure"/>, and no more claims are false than <see cref="FalseClaimsAllowed"/>.</summary>
    public bool Pass(GroundingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Measures.Pass(LeastMeasure) && result.FalseClaims <= FalseClaimsAllowed;
    }
}
