using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>A model that is asked by files: answers are looked up, and what has none is written down to be asked later.</summary>
/// <remarks>Not thread-safe: samples are gone through one by one.</remarks>
internal sealed class BatchModel(string name, BatchAnswers? answers, BatchRequestFile? requests) : ILanguageModel
{
    public string Name => name;

    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = RequestHash.Of(name, request);
        if (answers?.Find(hash, request.Completions) is { } found)
        {
            int given = found.Completions.Count;
            if (given >= request.Completions)
                return Task.FromResult(found);
            answers.Fit(hash, RequestHash.Of(name, request with { Completions = given }));
            return Task.FromException<GenerationResponse>(new TooFewChoicesException { Given = given });
        }

        requests?.Add(name, request);
        return Task.FromException<GenerationResponse>(new NotAskedException());
    }

    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) =>
        Task.FromException<AnswerScores?>(new NotAskedException());
}
