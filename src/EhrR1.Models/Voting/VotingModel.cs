using EhrR1.Scoring;

namespace EhrR1.Models;

/// <summary>Answers with the set of items that agrees best with several drawn answers, in place of the single most probable answer.</summary>
/// <remarks>
/// Minimum Bayes risk decoding (Kumar and Byrne 2004) for set F1: of the sets of the k items drawn most often the one with the highest mean F1 against the
/// draws. The most probable answer of a language model is a short one, as each further item is less probable than the end, while F1 asks for all
/// items that are more likely than not to be worth it. Requests for greedy answers are voted on, all others passed on as they are. As thread-safe as the model beneath.
/// </remarks>
public sealed class VotingModel : ILanguageModel
{
    private readonly ILanguageModel _model;
    private readonly int _draws;
    private readonly double _temperature;
    private readonly double _topP;

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="draws">Answers drawn for each, 2 at least.</param>
    /// <param name="temperature">The temperature of the draw; at 1 the model's own distribution.</param>
    /// <param name="topP">The nucleus of the draw; 1 draws from all tokens.</param>
    public VotingModel(ILanguageModel model, int draws, double temperature = 1, double topP = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        (_model, _draws, _temperature, _topP) = (model, draws, temperature, topP);
    }

    /// <inheritdoc/>
    public string Name => _model.Name;

    /// <inheritdoc/>
    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Completions != 1 || request.Sampling.Temperature != 0)
            return await _model.GenerateAsync(request, cancellationToken).ConfigureAwait(false);
        var drawn = await _model.GenerateAsync(request with { Completions = _draws, Sampling = request.Sampling with { Temperature = _temperature, TopP = _topP } }, cancellationToken).ConfigureAwait(false);
        return drawn with { Completions = [new Completion(string.Join('\n', Vote([.. drawn.Completions.Select(WholeLines)])), FinishReason.Stop)] };
    }

    /// <inheritdoc/>
    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => _model.ScoreAnswersAsync(request, cancellationToken);

    // An answer that was cut lost its last line.
    private static string WholeLines(Completion drawn) => drawn.Finish == FinishReason.Stop ? drawn.Text : drawn.Text[..Math.Max(0, drawn.Text.LastIndexOf('\n'))];

    /// <summary>The items that agree best with some answers, the most frequent first; among equally good sets the smallest.</summary>
    internal static IReadOnlyList<string> Vote(IReadOnlyList<string> answers)
    {
        var sets = answers.Select(a => AnswerReader.ReadItems(a)).ToList();
        var ranked = sets.SelectMany(s => s).GroupBy(i => i, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList();
        var (best, bestScore) = (0, -1.0);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        for (var k = 1; k <= ranked.Count; k++)
        {
            chosen.Add(ranked[k - 1]);
            var score = sets.Average(s => SetScore.Of(chosen, s).F1);
            if (score > bestScore + 1e-12)
                (best, bestScore) = (k, score);
        }

        return ranked[..best];
    }
}
