namespace EhrR1.Models.Tests.Requests;

/// <summary>A model that does what a test tells it, counting the calls.</summary>
internal sealed class ScriptedModel(Func<int, string> answer) : ILanguageModel
{
    private int _calls;

    public int Calls => _calls;

    public string Name { get; init; } = "scripted";

    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        => Task.FromResult(new GenerationResponse([.. Enumerable.Repeat(new Completion(answer(Interlocked.Increment(ref _calls)), FinishReason.Stop), request.Completions)], new TokenUsage(100, 10, 40)));

    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
        => Task.FromResult(answer(Interlocked.Increment(ref _calls)) is "none" ? null : new AnswerScores([-0.25, double.NegativeInfinity], "top_logprobs", new TokenUsage(100, 1)));
}
