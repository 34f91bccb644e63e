namespace EhrR1.Models;

/// <summary>Draws completions and counts which answer they begin with.</summary>
/// <param name="route">The chat completions.</param>
/// <param name="samples">How many are drawn.</param>
internal sealed class SamplingRung(ChatRoute route, int samples) : IAnswerRung
{
    private const int NewTokens = 8;

    /// <inheritdoc/>
    public string Name => AnswerRungs.Sampling;

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return RungResult.None();
        var draw = new GenerationRequest
        {
            Prompt = request.Prompt,
            Completions = samples,
            Sampling = new SamplingSettings { Temperature = 1, MaxNewTokens = NewTokens, Seed = 1 },
        };
        var response = await Generation.RunAsync(route, draw, cancellationToken);
        var counts = AnswerCount.Of(response.Completions, request.Answers);
        return new RungResult(counts, response.Usage);
    }
}
