using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>Puts an answer together of the parts that a log holds: where fewer completions than asked for were given once, only the rest is asked.</summary>
/// <remarks>
/// A part is a request of its own, for as many completions; the rest asks for the others with the seed moved on by those that are there, as
/// <see cref="OpenAiModel"/> does where a server gives one choice. Safe for use by any number of threads.
/// </remarks>
internal sealed class PartedModel(LoggedModel logged, Action<string>? expect = null) : ILanguageModel
{
    public string Name => logged.Name;

    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        expect?.Invoke(RequestHash.Of(Name, request));
        int given = LoggedPart(request);
        if (given == 0)
        {
            try
            {
                return await logged.GenerateAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (TooFewChoicesException e)
            {
                given = e.Given;
            }
        }

        var first = await logged.GenerateAsync(request with { Completions = given }, cancellationToken).ConfigureAwait(false);
        var sampling = request.Sampling with { Seed = (request.Sampling.Seed ?? 0) + given };
        var rest = await GenerateAsync(request with { Completions = request.Completions - given, Sampling = sampling }, cancellationToken).ConfigureAwait(false);
        return new GenerationResponse([.. first.Completions, .. rest.Completions], first.Usage + rest.Usage);
    }

    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => logged.ScoreAnswersAsync(request, cancellationToken);

    /// <summary>How many completions of a request that is not in the log stand there as a smaller one's.</summary>
    private int LoggedPart(GenerationRequest request)
    {
        if (logged.Has(request))
            return 0;
        for (int count = request.Completions - 1; count > 0; count--)
        {
            if (logged.Has(request with { Completions = count }))
                return count;
        }

        return 0;
    }
}
