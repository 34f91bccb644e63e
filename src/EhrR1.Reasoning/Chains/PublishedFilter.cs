namespace EhrR1.Reasoning;

/// <summary>The filter of the EHR-R1 paper (arXiv 2510.25628).</summary>
/// <remarks>Stateless; safe for any number of threads.</remarks>
public static class PublishedFilter
{
    /// <summary>Filters a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="answer">The items of the sample's right answer.</param>
    public static FilterResult Check(ParsedChain chain, IReadOnlyList<string> answer)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(answer);
        var own = chain.Sections.Where(s => s.Kind != ChainSectionKind.Other).ToLookup(s => s.Kind);
        var missing = chain.Template.Sections.Where(r => !own.Contains(r.Kind)).Select(r => r.Title).ToList();
        var extra = chain.Sections.Where(s => s.Kind == ChainSectionKind.Other).Select(s => s.Name)
            .Concat(own.Where(k => k.Count() > 1).Select(k => k.First().Name)).ToList();
        return new FilterResult(ShareOf(chain, answer), Count(chain, ChainRules.BuiltIn.GroundTruthTable), Count(chain, ChainRules.BuiltIn.NearGroundTruthTable), missing, extra);
    }

    private static double ShareOf(ParsedChain chain, IReadOnlyList<string> answer)
    {
        if (chain.Probability is { } p && answer is ["yes" or "no"])
            return p >= 0.5 == (answer[0] == "yes") ? 1 : 0;
        if (chain.Section(ChainSectionKind.FinalResults) is not { } final || answer.Count == 0)
            return 0;
        int found = 0;
        foreach (var item in answer)
        {
            if (final.Body.Of(chain.Text).Contains(item.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase))
                found++;
        }

        return (double)found / answer.Count;
    }

    private static int Count(ParsedChain chain, PhraseTable phrases)
    {
        int count = 0;
        for (int i = 0; i < chain.Words.Length; i++)
        {
            if (phrases.Match(chain.Words, i, out _) > 0)
                count++;
        }

        return count;
    }
}
