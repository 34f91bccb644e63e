namespace EhrR1.Reasoning;

/// <summary>What became of the chains of one task.</summary>
public sealed record ChainTaskReport
{
    /// <summary>The task, or "all".</summary>
    public required string Task { get; init; }

    /// <summary>Chains.</summary>
    public required long Chains { get; init; }

    /// <summary>Chains that are none: kept apart.</summary>
    public required long Apart { get; init; }

    /// <summary>Chains that pass the published filter.</summary>
    public required long PassedFilter { get; init; }

    /// <summary>Chains that reach each measure too.</summary>
    public required long PassedMeasures { get; init; }

    /// <summary>Chains that pass the grounding check: of those before, the ones without false claims, or with no more than are allowed.</summary>
    public required long PassedGrounding { get; init; }

    /// <summary>Different samples.</summary>
    public required long Samples { get; init; }

    /// <summary>Samples that have a thinking graph.</summary>
    public required long WithGraph { get; init; }

    /// <summary>Samples with a chain that is not kept apart.</summary>
    public required long SamplesAnswered { get; init; }

    /// <summary>Samples with a chain that passes the published filter.</summary>
    public required long SamplesPassedFilter { get; init; }

    /// <summary>Samples with such a chain that reaches each measure.</summary>
    public required long SamplesPassedMeasures { get; init; }

    /// <summary>Samples with a chain that passes filter and grounding check.</summary>
    public required long SamplesPassedGrounding { get; init; }

    /// <summary>The mean of each measure over the chains that are not kept apart and for which it is defined, and of the score.</summary>
    public required IReadOnlyDictionary<string, double?> Means { get; init; }
}
