namespace EhrR1.Models;

/// <summary>A token counter that also knows where each token of a text ends, so that a text can be cut by tokens.</summary>
/// <remarks>Implementations are safe for use by any number of threads.</remarks>
public interface ITokenCutter : ITokenCounter
{
    /// <summary>Finds the place after the first tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">How many tokens to pass over, at least 0.</param>
    /// <returns>An index into the text, never inside a character; where a token ends inside one, the character counts as passed.
    /// The text's length, if it has no more tokens. It never falls when <paramref name="tokens"/> grows.</returns>
    int IndexAfter(string text, int tokens);
}
