namespace EhrR1.Models;

/// <summary>Reads the answers' probabilities out of the most probable first tokens.</summary>
/// <param name="route">The chat completions.</param>
/// <param name="tokens">How many tokens are asked for: 20 by the protocol, fewer at some services.</param>
internal sealed class TopTokensRung(ChatRoute route, int tokens) : IAnswerRung
{
    /// <inheritdoc/>
    public string Name => AnswerRungs.TopTokens;

    /// <summary>One token, greedily: the settings of every question about probabilities.</summary>
    public static SamplingSettings OneToken { get; } = new() { MaxNewTokens = 1 };

    /// <summary>Finds out how many tokens the endpoint gives.</summary>
    /// <returns>The rung, or <see langword="null"/> if it gives none.</returns>
    public static async Task<TopTokensRung?> ProbeAsync(ChatRoute route, CancellationToken cancellationToken)
    {
        foreach (var count in (int[])[20, 5])
        {
            try
            {
                var reply = await route.AskAsync(new ChatCall(ProbeQuestion.Prompt) { Sampling = OneToken, TopTokens = count }, cancellationToken);
                // A server that does not know the field answers without it, or with the one token that it wrote.
                if (reply.Choices[0].FirstTokens.Count > 1)
                    return new TopTokensRung(route, count);
            }
            catch (EndpointException e) when (!e.IsTransient)
            {
                // Refused: fewer tokens may do.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return RungResult.None();
        var reply = await route.AskAsync(new ChatCall(request.Prompt) { Sampling = OneToken, TopTokens = tokens }, cancellationToken);
        var given = reply.Choices[0].FirstTokens;
        if (given.Count < 2)
            return RungResult.None(reply.Usage);
        var found = request.Answers.Select(a => AnswerSpellings.LogSum(given.Where(t => AnswerSpellings.Spells(t.Token, a)).Select(t => t.LogProbability))).ToArray();
        if (Array.TrueForAll(found, double.IsNegativeInfinity))
            return RungResult.None(reply.Usage);
        // An answer that is not among them is at most as probable as the least of them.
        var least = given.Min(t => t.LogProbability);
        return new RungResult([.. found.Select(f => double.IsNegativeInfinity(f) ? least : f)], reply.Usage);
    }
}
