namespace EhrR1.Reasoning;

/// <summary>A section of a chain.</summary>
/// <param name="Kind">What it holds; <see cref="ChainSectionKind.Other"/> where the template declares no such section.</param>
/// <param name="Name">The template's title of it, or the heading's own text where the template declares none.</param>
/// <param name="Heading">Where its heading stands.</param>
/// <param name="Body">What follows the heading, up to the next section.</param>
public sealed record ChainSection(ChainSectionKind Kind, string Name, TextSpan Heading, TextSpan Body)
{
    /// <summary>Whether it cites events of the record.</summary>
    public bool IsExtraction => Kind is ChainSectionKind.Extraction or ChainSectionKind.EvidenceFor or ChainSectionKind.EvidenceAgainst;
}
