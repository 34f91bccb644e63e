namespace EhrR1.Training;

/// <summary>A token and its log-probability under the model itself, before temperature, penalties and limits.</summary>
/// <param name="Token">The token.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
public readonly record struct TokenChance(int Token, double LogProbability);
