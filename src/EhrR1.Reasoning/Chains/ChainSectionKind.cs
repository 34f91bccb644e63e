namespace EhrR1.Reasoning;

/// <summary>What a section of a chain holds.</summary>
public enum ChainSectionKind
{
    /// <summary>Something that the template does not declare.</summary>
    Other,

    /// <summary>The events that matter, each with its name and time.</summary>
    Extraction,

    /// <summary>How the answer follows, step by step.</summary>
    Reasoning,

    /// <summary>The items of the answer.</summary>
    FinalResults,

    /// <summary>What of the record speaks for the outcome.</summary>
    EvidenceFor,

    /// <summary>What of the record speaks against the outcome.</summary>
    EvidenceAgainst,

    /// <summary>How likely the outcome is.</summary>
    Probability,
}
