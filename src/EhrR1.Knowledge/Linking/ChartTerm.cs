namespace EhrR1.Knowledge;

/// <summary>A term of a chart that may name a concept; terms are equal where kind, text and codes are.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Text">The text as the chart has it, trimmed.</param>
/// <param name="Codes">Codes that stand beside it in the chart, the most specific first; often none.</param>
public sealed record ChartTerm(TermKind Kind, string Text, IReadOnlyList<ConceptCode> Codes)
{
    /// <inheritdoc/>
    public bool Equals(ChartTerm? other) => other is not null && Kind == other.Kind && Text == other.Text && Codes.SequenceEqual(other.Codes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.Add(Text, StringComparer.Ordinal);
        foreach (var code in Codes)
            hash.Add(code);
        return hash.ToHashCode();
    }
}
