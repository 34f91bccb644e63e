namespace EhrR1.Reasoning;

/// <summary>A chain of <see cref="ChainCheckRun.CheckedFile"/> that may be kept: it passes filter and grounding check.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Text">Its text as a case holds it.</param>
/// <param name="Parsed">The chain as it was read.</param>
internal sealed record KeptChain(ReasoningChain Chain, string Text, ParsedChain Parsed)
{
    /// <summary>Reads a line.</summary>
    public static KeptChain Read(string line, string file)
    {
        var chain = ReasoningChainJson.Parse(line, file, 0);
        var parsed = ChainParser.Parse(chain);
        return new KeptChain(chain, ChainText.Of(parsed), parsed);
    }
}
