namespace EhrR1.Models;

/// <summary>How probable one token was at a place.</summary>
/// <param name="Token">The token as the server writes it.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
internal readonly record struct TokenProbability(string Token, double LogProbability);
