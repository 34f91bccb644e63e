using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>A language model behind an endpoint that speaks OpenAI's protocol: vLLM, SGLang, llama.cpp, Ollama, Azure OpenAI, a hosted service.</summary>
/// <remarks>Every call is tried once: <see cref="ResilientModel"/> tries again. Safe for use by any number of threads.</remarks>
public sealed class OpenAiModel : ILanguageModel, IDisposable
{
    private readonly EndpointClient _client;
    private readonly ChatRoute _route;
    private readonly AnswerLadder _ladder;
    private readonly EndpointProfile _profile;

    private OpenAiModel(EndpointClient client, ChatRoute route, AnswerLadder ladder, ServerTokenizer? tokenizer, EndpointProfile profile)
    {
        _client = client;
        _route = route;
        _ladder = ladder;
        _profile = profile;
        TokenCounter = tokenizer is null ? null : new EndpointTokenCounter(tokenizer);
    }

    /// <inheritdoc/>
    public string Name => _route.Model;

    /// <summary>What the endpoint was found to be and to do, with what was learnt about it since.</summary>
    public EndpointProfile Profile => _profile with { LeftOut = _route.Habits.LeftOut };

    /// <summary>Counts tokens by the endpoint; <see langword="null"/> if it does not count.</summary>
    public EndpointTokenCounter? TokenCounter { get; }

    /// <summary>Checks an endpoint against the data policy, reaches it, and finds out what it is and can do.</summary>
    /// <param name="address">The endpoint, with or without the model's name.</param>
    /// <param name="options">How it is asked; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">The endpoint is refused by the policy, does not answer, does not take the key, or does not have the model.</exception>
    public static async Task<OpenAiModel> OpenAsync(EndpointAddress address, EndpointOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new EndpointOptions();
        time ??= TimeProvider.System;
        var client = await EndpointClient.OpenAsync(address, options, new EndpointGuard(options.Data), time, cancellationToken);
        try
        {
            return await ProbeAsync(client, options, time, cancellationToken);
        }
        catch (EndpointException e)
        {
            client.Dispose();
            throw new EhrR1Exception($"The endpoint cannot be asked: {e.Message}", address.ToString(), "Look at the server, and try again when it is ready", e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Generation.RunAsync(_route, request, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
        => _ladder.ScoreAsync(request, cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static async Task<OpenAiModel> ProbeAsync(EndpointClient client, EndpointOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var probe = new EndpointProbe(client, options, time);
        var served = await probe.FindModelAsync(cancellationToken);
        // A service refuses fields that it does not know; the server of one's own may stand in a rented machine.
        var hosted = client.Reach == EndpointReach.Public && served.Server is null;
        var route = new ChatRoute(client, served.Name, new ServerHabits(hosted, client.Address.IsOpenAi || client.Address.IsAzure));
        var tokenizer = hosted ? null : await probe.FindTokenizerAsync(served, cancellationToken);
        var ladder = await probe.ClimbAsync(route, tokenizer, cancellationToken);
        var (context, server) = hosted ? (served.ContextTokens, served.Server) : await probe.ContextAsync(served, cancellationToken);
        return new OpenAiModel(client, route, ladder, tokenizer, new EndpointProfile
        {
            Endpoint = (client.Address with { Model = null }).ToString(),
            Model = served.Name,
            IsListed = served.IsListed,
            Reach = client.Reach,
            DataMayLeaveBecause = client.Reach == EndpointReach.Public ? options.Data.Reason : null,
            Server = server,
            ContextTokens = context,
            CountsTokens = tokenizer is not null,
            Rungs = ladder.Names,
        });
    }
}
