using System.Globalization;

namespace EhrR1.Models;

/// <summary>Asks for the probabilities of the answers' own tokens by their numbers, so that they are there however improbable they are.</summary>
/// <remarks>Servers that do not know the field pass over it in silence; so every number must come back.</remarks>
internal sealed class TokenIdsRung(ChatRoute route, AnswerTokens answers) : IAnswerRung
{
    private const string Marker = "token_id:";

    /// <inheritdoc/>
    public string Name => AnswerRungs.TokenIds;

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return RungResult.None();
        var tokens = await answers.OfAsync(request.Answers, cancellationToken);
        if (tokens.Any(t => t.Count == 0))
            return RungResult.None();
        int[] wanted = [.. tokens.SelectMany(t => t)];
        var call = new ChatCall(request.Prompt) { Sampling = TopTokensRung.OneToken, TopTokens = Math.Min(20, wanted.Length + 1), TokenIds = wanted };
        var reply = await route.AskAsync(call, cancellationToken);
        var given = new Dictionary<int, double>();
        foreach (var token in reply.Choices[0].FirstTokens)
        {
            if (token.Token.StartsWith(Marker, StringComparison.Ordinal)
                && int.TryParse(token.Token.AsSpan(Marker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                given[id] = token.LogProbability;
            }
        }

        return Array.TrueForAll(wanted, given.ContainsKey)
            ? new RungResult([.. tokens.Select(t => AnswerSpellings.LogSum(t.Select(id => given[id])))], reply.Usage)
            : RungResult.None(reply.Usage);
    }
}
