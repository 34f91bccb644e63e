namespace EhrR1.Models;

/// <summary>Draws completions and counts which answer they begin with.</summary>
/// <param name="route">The chat completions.</param>
/// <param name="samples">How many are drawn.</param>
internal sealed class SamplingRung(ChatRoute route, int samples) : IAnswerRung
{
    // Enough for an answer behind a few words; a model that thinks first says how many it needs.
    private const int NewTokens = 8;

    /// <inheritdoc/>
    public string Name => AnswerRungs.Sampling;

    /// <summary>The draw: the model's own distribution, with a seed so that it can be drawn again.</summary>
    public static GenerationRequest Draw(AnswerScoringRequest request, int samples) => new()
    {
        Prompt = request.Prompt,
        Completions = samples,
        Sampling = new SamplingSettings { Temperature = 1, MaxNewTokens = request.ThinkingTokens ?? NewTokens, Seed = 1 },
    };

    /// <inheritdoc/>
    public async Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken)
    {
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return RungResult.None();
        var response = await Generation.RunAsync(route, Draw(request, samples), cancellationToken);
        var counts = AnswerCount.Of(response.Completions, request.Answers);
        return new RungResult(counts, response.Usage);
    }
}
