using System.Text;

namespace EhrR1.Models;

/// <summary>Enters what a model's calls use into a ledger, and makes none that the budget does not hold.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
/// <param name="inner">The model that is asked.</param>
/// <param name="ledger">The ledger.</param>
public sealed class MeteredModel(ILanguageModel inner, Ledger ledger) : ILanguageModel
{
    // English has about four bytes a token, charts full of numbers about two and a half: rather a little too much reserved than too little.
    private const int BytesAToken = 2;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    /// <exception cref="Charts.EhrR1Exception">The budget is used up.</exception>
    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var most = new TokenUsage(TokensOf(request.Prompt), (long)request.Completions * request.Sampling.MaxNewTokens);
        var used = default(TokenUsage);
        await ledger.ReserveAsync(most, cancellationToken);
        try
        {
            var response = await inner.GenerateAsync(request, cancellationToken);
            used = response.Usage;
            return response;
        }
        finally
        {
            ledger.Settle(most, used);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="Charts.EhrR1Exception">The budget is used up.</exception>
    public async Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var most = new TokenUsage(TokensOf(request.Prompt), request.ThinkingTokens ?? 1);
        var used = default(TokenUsage);
        await ledger.ReserveAsync(most, cancellationToken);
        try
        {
            var scores = await inner.ScoreAnswersAsync(request, cancellationToken);
            // A model that gives no probabilities says nothing of what finding out has cost.
            used = scores?.Usage ?? new TokenUsage(most.Prompt / 2, 1);
            return scores;
        }
        finally
        {
            ledger.Settle(most, used);
        }
    }

    private static long TokensOf(ModelPrompt prompt) => prompt.Messages.Sum(m => (long)Encoding.UTF8.GetByteCount(m.Text)) / BytesAToken;
}
