namespace EhrR1.Models;

/// <summary>Anything that answers questions about charts: a language model behind an endpoint, or a baseline.</summary>
/// <remarks>
/// The seam for a new model. Implementations are safe for concurrent calls from any number of threads: callers bound the
/// concurrency. A call either returns a whole answer or throws; it never returns a partial one without saying so
/// (<see cref="FinishReason"/>). With equal requests, settings and seed a baseline gives equal answers; a language model
/// may not, and its run says so.
/// </remarks>
public interface ILanguageModel
{
    /// <summary>The model's name as it stands in runs and reports (<c>gbm</c>, <c>qwen3-8b</c>).</summary>
    string Name { get; }

    /// <summary>Writes one or more completions of a prompt.</summary>
    /// <param name="request">The prompt with its sampling settings.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>As many completions as were asked for, with the tokens used.</returns>
    /// <exception cref="Charts.EhrR1Exception">The request cannot be answered by this model as it is set up.</exception>
    /// <exception cref="EndpointException">The call of an endpoint failed; others may go well.</exception>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives the log-probability of each of some given answers to a prompt.</summary>
    /// <param name="request">The prompt and the answers.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One natural logarithm an answer, in the order of the request; <see langword="null"/> where the model gives
    /// no probabilities for this prompt.</returns>
    /// <exception cref="Charts.EhrR1Exception">The request cannot be answered by this model as it is set up.</exception>
    /// <exception cref="EndpointException">The call of an endpoint failed; others may go well.</exception>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default);
}
