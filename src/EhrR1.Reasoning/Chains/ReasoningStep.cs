namespace EhrR1.Reasoning;

/// <summary>A sentence of the reasoning.</summary>
/// <param name="Span">The sentence.</param>
/// <param name="Concepts">What it joins: the words between its relations, in their order.</param>
/// <param name="Relations">How it joins them.</param>
public sealed record ReasoningStep(TextSpan Span, IReadOnlyList<TextSpan> Concepts, IReadOnlyList<RelationMention> Relations);
