using EhrR1.Charts;
using Microsoft.Extensions.AI;

namespace EhrR1.Models;

/// <summary>A language model behind any client of Microsoft.Extensions.AI: services that do not speak OpenAI's protocol, or whose sign-in its own library knows.</summary>
/// <remarks>
/// The seam knows no token probabilities: answers are scored by drawing. Whoever makes the client decides where it sends, so its address is checked against the
/// data policy, and a client that does not show its address counts as one outside the network. Safe for use by any number of threads, as the client is.
/// </remarks>
public sealed class ChatClientModel : ILanguageModel
{
    private readonly IChatClient _client;
    private readonly EndpointOptions _options;

    private ChatClientModel(IChatClient client, string name, EndpointOptions options)
    {
        _client = client;
        _options = options;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Takes a client after checking where it sends.</summary>
    /// <param name="client">The client; it stays the caller's.</param>
    /// <param name="options">The data policy and the number of draws; keys and time limits are the client's own.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="EhrR1Exception">The client names no model, or sends where the data may not go.</exception>
    public static async Task<ChatClientModel> OpenAsync(IChatClient client, EndpointOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new EndpointOptions();
        var metadata = client.GetService<ChatClientMetadata>();
        var name = metadata?.DefaultModelId ?? throw new EhrR1Exception("The chat client names no model", metadata?.ProviderName, "Make it with a default model");
        if (metadata.ProviderUri is { Scheme: "http" or "https" } uri)
            await new EndpointGuard(options.Data).CheckAsync(EndpointAddress.Parse($"{uri.GetLeftPart(UriPartial.Authority)}#{name}"), cancellationToken);
        else if (!options.Data.DataMayLeave || string.IsNullOrWhiteSpace(options.Data.Reason))
            throw new EhrR1Exception("The chat client does not say where it sends patients' data", metadata.ProviderName, "Use an endpoint of this network, or write dataMayLeave: true and dataMayLeaveReason into the settings file");
        return new ChatClientModel(client, name, options);
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var completions = new List<Completion>(request.Completions);
        var usage = default(TokenUsage);
        for (var i = 0; i < request.Completions; i++)
        {
            var response = await AskAsync(request.Prompt, OptionsOf(request.Sampling, i), cancellationToken);
            completions.Add(new Completion(TextOf(response), FinishOf(response)));
            if (response.Usage is { } used)
                usage += new TokenUsage(used.InputTokenCount ?? 0, used.OutputTokenCount ?? 0, used.CachedInputTokenCount ?? 0);
        }

        return new GenerationResponse(completions, usage);
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!AnswerSpellings.AreSingleWords(request.Answers))
            return null;
        var response = await GenerateAsync(SamplingRung.Draw(request, _options.Samples), cancellationToken);
        return AnswerCount.Of(response.Completions, request.Answers) is { } logs ? new AnswerScores(logs, AnswerRungs.Sampling, response.Usage) : null;
    }

    private static ChatOptions OptionsOf(SamplingSettings sampling, int index) => new()
    {
        Temperature = (float)sampling.Temperature,
        TopP = (float)sampling.TopP,
        TopK = sampling.TopK,
        MaxOutputTokens = sampling.MaxNewTokens,
        StopSequences = sampling.Stop.Count == 0 ? null : [.. sampling.Stop],
        Seed = sampling.Seed + index,
    };

    private static string TextOf(ChatResponse response)
    {
        var thinking = string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(c => c.Text));
        return thinking.Length == 0 ? response.Text : $"<think>\n{thinking}\n</think>\n\n{response.Text}";
    }

    private static FinishReason FinishOf(ChatResponse response)
        => response.FinishReason == ChatFinishReason.Length ? FinishReason.Length
            : response.FinishReason == ChatFinishReason.ContentFilter ? FinishReason.Filtered : FinishReason.Stop;

    private async Task<ChatResponse> AskAsync(ModelPrompt prompt, ChatOptions options, CancellationToken cancellationToken)
    {
        var messages = prompt.Messages.Select(m => new ChatMessage(m.Role switch { PromptRole.System => ChatRole.System, PromptRole.User => ChatRole.User, _ => ChatRole.Assistant }, m.Text));
        try
        {
            return await _client.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or EhrR1Exception))
        {
            // Every library has errors of its own, which may quote the prompt: only their kind is passed on.
            throw new EndpointCallException(e is TimeoutException ? EndpointFault.TimedOut : EndpointFault.ServerError, code: e.GetType().Name);
        }
    }
}
