namespace EhrR1.Knowledge;

/// <summary>A term of a chart that may name a concept.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Text">The text as the chart has it, trimmed.</param>
/// <param name="Codes">Codes that stand beside it in the chart, the most specific first; often none.</param>
public sealed record ChartTerm(TermKind Kind, string Text, IReadOnlyList<ConceptCode> Codes);
