namespace EhrR1.Reasoning;

/// <summary>A chain with all that is known of its quality.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Parsed">The chain as it was read.</param>
/// <param name="Filter">What the published filter says.</param>
/// <param name="Grounding">What the grounding check says.</param>
public sealed record CheckedChain(ReasoningChain Chain, ParsedChain Parsed, FilterResult Filter, GroundingResult Grounding)
{
    /// <summary>Whether it is a chain at all and passes the published filter.</summary>
    public bool Passes => Parsed.Faults == ChainFault.None && Filter.Passes;

    /// <summary>The best of a sample's chains: one that passes before one that does not, then the higher score, then the smaller id.</summary>
    /// <returns>The best, or <see langword="null"/> where there is none.</returns>
    public static CheckedChain? Best(IEnumerable<CheckedChain> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        return chains.OrderByDescending(c => c.Passes).ThenByDescending(c => c.Grounding.Score).ThenBy(c => c.Chain.Id, StringComparer.Ordinal).FirstOrDefault();
    }
}
