namespace EhrR1.Models;

/// <summary>The rungs that an endpoint has, tried from the best down for every prompt.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class AnswerLadder(IReadOnlyList<IAnswerRung> rungs)
{
    /// <summary>Their names, best first.</summary>
    public IReadOnlyList<string> Names { get; } = [.. rungs.Select(r => r.Name)];

    /// <summary>Scores the answers by the best rung that reaches; <see langword="null"/> if none does.</summary>
    /// <exception cref="EndpointException">A call failed in a way that asking again may mend, or the prompt is too long.</exception>
    public async Task<AnswerScores?> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var usage = default(TokenUsage);
        // Before an answer that is thought about first, "yes" and "no" have probabilities too, but they mean nothing.
        foreach (var rung in request.ThinkingTokens is null ? rungs : rungs.Where(r => r is SamplingRung))
        {
            RungResult result;
            try
            {
                result = await rung.ScoreAsync(request, cancellationToken);
            }
            catch (EndpointException e) when (e.Fault == EndpointFault.Refused)
            {
                // This rung is refused for this prompt; the next one may be taken.
                continue;
            }

            usage += result.Usage;
            if (result.LogProbabilities is { } logs)
                return new AnswerScores(logs, rung.Name, usage);
        }

        return null;
    }
}
