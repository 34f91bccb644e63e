namespace EhrR1.Reasoning;

/// <summary>Which sections the chains of a prompt template have.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
/// <param name="Name">The template's name without its version: "with-knowledge".</param>
/// <param name="Sections">The sections in their order.</param>
public sealed record ChainTemplate(string Name, IReadOnlyList<ChainSectionRule> Sections)
{
    /// <summary>Whether it declares a section of a kind.</summary>
    public bool Declares(ChainSectionKind kind) => Sections.Any(s => s.Kind == kind);

    /// <summary>Whether its chains cite events of the record under a section of their own.</summary>
    public bool CitesEvents => Declares(ChainSectionKind.Extraction) || Declares(ChainSectionKind.EvidenceFor);
}
