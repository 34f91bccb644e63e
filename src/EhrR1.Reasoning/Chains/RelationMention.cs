namespace EhrR1.Reasoning;

/// <summary>A place of a reasoning step that says how two things are related: "may treat".</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Family">The relation's number in the rules, the same for all its wordings; −1 for one that says only that there is some relation.</param>
/// <param name="IsInverse">Whether it reads from the relation's object to its subject: "is treated by".</param>
public readonly record struct RelationMention(TextSpan Span, int Family, bool IsInverse);
