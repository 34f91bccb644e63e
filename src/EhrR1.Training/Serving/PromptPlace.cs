namespace EhrR1.Training;

/// <summary>How probable a prompt's token was at its place.</summary>
/// <param name="Chance">The token and its log-probability.</param>
/// <param name="Rank">How many tokens were at least as probable, itself included.</param>
/// <param name="Alternatives">The most probable tokens, best first.</param>
public readonly record struct PromptPlace(TokenChance Chance, int Rank, IReadOnlyList<TokenChance> Alternatives);
