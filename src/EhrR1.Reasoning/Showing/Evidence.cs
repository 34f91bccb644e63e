namespace EhrR1.Reasoning;

/// <summary>Something in a chain that can be held against the record: a cited event, a quoted item, a number, a relation, a final item.</summary>
/// <param name="Span">Where it stands in the chain.</param>
/// <param name="Status">How it stands to the record.</param>
/// <param name="Where">Where the record has it, or says otherwise, in the sample's input; <see langword="null"/> where it does not.</param>
/// <param name="Note">What is wrong; empty where it is found.</param>
public sealed record Evidence(TextSpan Span, EvidenceStatus Status, TextSpan? Where, string Note);
