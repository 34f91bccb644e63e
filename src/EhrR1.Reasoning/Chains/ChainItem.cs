namespace EhrR1.Reasoning;

/// <summary>An item of a chain's final results.</summary>
/// <param name="Text">The item, trimmed and lower-cased, as answers are compared.</param>
/// <param name="Span">Where it stands; empty where it was put together from several places.</param>
public sealed record ChainItem(string Text, TextSpan Span);
