using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>A model folder in this process, asked as any other language model.</summary>
/// <remarks>Safe for use by any number of threads: calls join one batch.</remarks>
public sealed class LocalModel : ILanguageModel, IDisposable
{
    private readonly GenerationWorker _worker;
    private readonly ChatTemplate _template;

    /// <summary>Takes a worker.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="worker">The model on its thread; closed with this.</param>
    /// <param name="template">How it writes conversations.</param>
    public LocalModel(string name, GenerationWorker worker, ChatTemplate template)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(template);
        (Name, _worker, _template) = (name, worker, template);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Whether the completions of one request share out the model's distribution among themselves, so that votes or counts over them vary less than over as many independent draws; each alone is as random as one. The default value is <see langword="false"/>.</summary>
    public bool SharesOut { get; init; }

    /// <inheritdoc/>
    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var prompt = Encode(request.Prompt);
        var sampling = request.Sampling;
        if (prompt.Length + 1 > _worker.Config.MaxPositions)
            throw new ContextLengthException(_worker.Config.MaxPositions);
        var tasks = Enumerable.Range(0, request.Completions).Select(i => _worker.GenerateAsync(
            new SequenceRequest(prompt, new SequenceOptions
            {
                MaxNewTokens = sampling.MaxNewTokens,
                Temperature = sampling.Temperature,
                TopK = sampling.TopK,
                TopP = sampling.TopP,
                StopTexts = sampling.Stop,
                Seed = (sampling.Seed ?? 0) + i,
                Place = SharesOut && request.Completions > 1 ? (i + DrawSeed.Uniform(sampling.Seed ?? 0, 0)) / request.Completions : null,
            }),
            cancellationToken: cancellationToken)).ToArray();
        var sequences = await Task.WhenAll(tasks).ConfigureAwait(false);
        return new GenerationResponse([.. sequences.Select(s => new Completion(s.Text, s.End == SequenceEnd.Length ? FinishReason.Length : FinishReason.Stop))], new TokenUsage(prompt.Length, sequences.Sum(s => (long)s.Tokens.Count)));
    }

    /// <inheritdoc/>
    public async Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<int> prompt = Encode(request.Prompt);
        long written = 0;
        if (request.ThinkingTokens is { } most)
        {
            // The thoughts come first, the most probable ones; an answer that never ends its thoughts has no probability.
            if (_worker.Tokenizer.IdOf("</think>") is not { } close)
                return null;
            var thought = await _worker.GenerateAsync(new SequenceRequest(prompt, new SequenceOptions { MaxNewTokens = most, StopTokens = [close, .. _worker.StopTokens] }), cancellationToken: cancellationToken).ConfigureAwait(false);
            written = thought.Tokens.Count;
            if (thought.Tokens[^1] != close)
                return null;
            prompt = [.. prompt, .. thought.Tokens, .. _worker.Tokenizer.Encode("\n\n")];
        }

        if (prompt.Count + 8 > _worker.Config.MaxPositions)
            throw new ContextLengthException(_worker.Config.MaxPositions);
        var scores = await _worker.ScoreAsync(prompt, [.. request.Answers.Select(a => (IReadOnlyList<int>)_worker.Tokenizer.Encode(a))], cancellationToken).ConfigureAwait(false);
        return new AnswerScores(scores, "model", new TokenUsage(prompt.Count, written));
    }

    /// <inheritdoc/>
    public void Dispose() => _worker.Dispose();

    private int[] Encode(ModelPrompt prompt) => _template.Encode(
        _worker.Tokenizer,
        prompt.Messages,
        prompt.ContinuesLastMessage ? ChatTurn.GoneOn : ChatTurn.Opened,
        prompt.TemplateArguments?["enable_thinking"] is { } thinking ? (bool)thinking : null);
}
