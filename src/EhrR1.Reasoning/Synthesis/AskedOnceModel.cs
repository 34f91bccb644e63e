using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>A model that can be closed to new questions: what was asked before is read out of the log over it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AskedOnceModel(ILanguageModel inner) : ILanguageModel
{
    private volatile bool _isClosed;

    public string Name => inner.Name;

    /// <summary>From now on every call ends in <see cref="NotAskedException"/>.</summary>
    public void Close() => _isClosed = true;

    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        _isClosed ? Task.FromException<GenerationResponse>(new NotAskedException()) : inner.GenerateAsync(request, cancellationToken);

    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) =>
        _isClosed ? Task.FromException<AnswerScores?>(new NotAskedException()) : inner.ScoreAnswersAsync(request, cancellationToken);
}
