namespace EhrR1.Reasoning;

/// <summary>A line that may head a section.</summary>
/// <param name="Level">The number of its hashes; 7 for one in bold type, 8 for a bare one.</param>
/// <param name="Rule">The section of the template that it names, or <see langword="null"/>.</param>
/// <param name="Name">The template's title of it, or its own text.</param>
/// <param name="Span">The heading.</param>
/// <param name="BodyStart">Where what it heads begins.</param>
internal sealed record ChainHeading(int Level, ChainSectionRule? Rule, string Name, TextSpan Span, int BodyStart);
