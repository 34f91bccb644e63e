namespace EhrR1.Reasoning;

/// <summary>One thing in a chain that does not hold.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Span">Where in the chain; empty where something is missing.</param>
/// <param name="What">What was looked for, in the chain's own words: patients' data, so not for logs.</param>
public readonly record struct GroundingFault(GroundingFaultKind Kind, TextSpan Span, string What);
