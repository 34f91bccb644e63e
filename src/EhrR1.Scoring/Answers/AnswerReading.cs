namespace EhrR1.Scoring;

/// <summary>What was read out of a model's answer, and how the answer was written.</summary>
/// <param name="Items">The distinct items, trimmed and lower-cased.</param>
/// <param name="Format">How the answer departs from one bare item a line.</param>
public sealed record AnswerReading(IReadOnlySet<string> Items, AnswerFormat Format);
