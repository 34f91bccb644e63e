using System.Collections.Concurrent;

namespace EhrR1.Models;

/// <summary>The numbers of the tokens that spell an answer, asked of the endpoint once.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class AnswerTokens(ServerTokenizer tokenizer)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<int>> _known = new(StringComparer.Ordinal);

    /// <summary>The tokens of every answer; empty where an answer is no single token in any spelling.</summary>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<int>>> OfAsync(IReadOnlyList<string> answers, CancellationToken cancellationToken)
    {
        var tokens = new List<IReadOnlyList<int>>(answers.Count);
        foreach (var answer in answers)
            tokens.Add(_known.TryGetValue(answer, out var known) ? known : _known[answer] = await SpellAsync(answer, cancellationToken));
        return tokens;
    }

    private async Task<IReadOnlyList<int>> SpellAsync(string answer, CancellationToken cancellationToken)
    {
        var ids = new SortedSet<int>();
        foreach (var spelling in AnswerSpellings.Of(answer))
        {
            if (await tokenizer.TokensAsync(spelling, cancellationToken) is [var only])
                ids.Add(only);
        }

        return [.. ids];
    }
}
