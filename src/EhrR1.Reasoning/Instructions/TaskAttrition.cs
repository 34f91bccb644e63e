namespace EhrR1.Reasoning;

/// <summary>How many samples of a task were left after each step on the way from the record to a reasoning case, and what became of their chains.</summary>
/// <remarks>Each figure of the samples is at most the one before it; docs/ins.md says what each step asks for.</remarks>
public sealed record TaskAttrition
{
    /// <summary>The task, or "all".</summary>
    public required string Task { get; init; }

    /// <summary>Samples of the split, or those that were drawn.</summary>
    public required long Samples { get; init; }

    /// <summary>Samples that have a thinking graph.</summary>
    public required long WithGraph { get; init; }

    /// <summary>Samples that the teacher was asked about.</summary>
    public required long Asked { get; init; }

    /// <summary>Samples that it wrote something about.</summary>
    public required long Answered { get; init; }

    /// <summary>Samples with a text that is a chain, not set apart.</summary>
    public required long Readable { get; init; }

    /// <summary>Samples with a chain that passes the published filter.</summary>
    public required long PassedFilter { get; init; }

    /// <summary>Samples with such a chain that reaches each measure of the grounding check; more than pass it where false claims are among them.</summary>
    public long PassedMeasures { get; init; }

    /// <summary>Samples with such a chain that holds no false claim, so that it passes the grounding check.</summary>
    public required long PassedGrounding { get; init; }

    /// <summary>Samples with a chain that suffices for the answer too; <see langword="null"/> where that was not tested.</summary>
    public long? PassedSufficiency { get; init; }

    /// <summary>Samples of which the best such chain is in the set; fewer only where cases have a budget of tokens.</summary>
    public required long Kept { get; init; }

    /// <summary>Chains that were written.</summary>
    public required long Chains { get; init; }

    /// <summary>Chains that are set apart.</summary>
    public required long ChainsApart { get; init; }

    /// <summary>Of these, chains that the limit of new tokens cut off.</summary>
    public required long ChainsCutOff { get; init; }

    /// <summary>Of those set apart, chains that the endpoint's filter cut.</summary>
    public required long ChainsFiltered { get; init; }

    /// <summary>Chains that pass the published filter.</summary>
    public required long ChainsPassedFilter { get; init; }

    /// <summary>Chains that reach each measure too.</summary>
    public long ChainsPassedMeasures { get; init; }

    /// <summary>Chains that pass the grounding check; all but the best of a sample are left out.</summary>
    public required long ChainsPassedGrounding { get; init; }
}
