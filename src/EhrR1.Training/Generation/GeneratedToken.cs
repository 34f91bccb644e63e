namespace EhrR1.Training;

/// <summary>One token of an answer as it comes.</summary>
/// <param name="Sequence">The number that the request was given.</param>
/// <param name="Chance">The token with its log-probability under the model itself.</param>
/// <param name="Alternatives">The most probable tokens, or the watched ones, best first, as many as were asked for.</param>
/// <param name="Text">The text that is certain by now and was not before; empty while a character or a stop text is incomplete.</param>
/// <param name="End">Why the sequence ended with this token, or <see langword="null"/> if it goes on.</param>
public sealed record GeneratedToken(int Sequence, TokenChance Chance, IReadOnlyList<TokenChance> Alternatives, string Text, SequenceEnd? End);
