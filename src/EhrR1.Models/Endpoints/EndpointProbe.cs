using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Finds out, once an endpoint, what its server is and can do; all with questions that hold no patient's data.</summary>
internal sealed class EndpointProbe(EndpointClient client, EndpointOptions options, TimeProvider time)
{
    // A server that is loading its model, or is busy: a rung that is missed now would be missed for the whole run.
    private static readonly TimeSpan[] _waits = [.. new[] { 1, 2, 4, 8, 15, 30 }.Select(s => TimeSpan.FromSeconds(s))];

    /// <summary>The model to ask: the one that is named, or the only one that the endpoint has.</summary>
    /// <exception cref="EhrR1Exception">None is named and the endpoint does not have exactly one, or it cannot be reached.</exception>
    public async Task<ServedModel> FindModelAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ServedModel> served;
        var address = client.Address;
        try
        {
            served = await PatientlyAsync(() => client.GetAsync(address.ApiRoute("models"), ServedModel.ReadAll, cancellationToken), cancellationToken);
        }
        catch (EndpointException e) when (e.Fault is EndpointFault.Disconnected or EndpointFault.TimedOut)
        {
            throw new EhrR1Exception("The endpoint does not answer", address.ToString(), "Start its server, or look at the address", e);
        }
        catch (EndpointException) when (address.Model is not null)
        {
            served = [];
        }
        catch (EndpointException e)
        {
            throw new EhrR1Exception("The endpoint does not list its models", address.ToString(), "Name the model after a #", e);
        }

        if (address.Model is { } named)
            return served.FirstOrDefault(m => m.Name == named) ?? new ServedModel(named, null, null) { IsListed = IsListed(served, named) };
        return served.Count == 1 ? served[0] : throw new EhrR1Exception(
            served.Count == 0 ? "The endpoint has no model" : $"The endpoint has {served.Count} models: {string.Join(", ", served.Take(20).Select(m => m.Name))}",
            address.ToString(), "Name one after a #");
    }

    // Ollama finds a model without its tag; Azure is asked by deployments and lists models.
    private bool? IsListed(IReadOnlyList<ServedModel> served, string name)
        => served.Count == 0 || client.Address.IsAzure ? null : served.Any(m => m.Name == name + ":latest");

    /// <summary>The context that the server states; <see langword="null"/> if it states none.</summary>
    public async Task<(int? Tokens, string? Server)> ContextAsync(ServedModel model, CancellationToken cancellationToken)
    {
        // llama.cpp: what one slot holds, which is less than what the model was trained for.
        if (await TryAsync("props", ServedModel.ReadLlamaContext, cancellationToken) is { } slot)
            return (slot, "llama.cpp");
        // Ollama cuts longer prompts in silence to what the loaded model was given, whatever the model could do.
        return await TryAsync("api/ps", root => ServedModel.ReadOllamaContext(root, model.Name), cancellationToken) is { } loaded
            ? (loaded, "ollama") : (model.ContextTokens, model.Server);
    }

    /// <summary>The server's tokenizer; <see langword="null"/> if it lends out none.</summary>
    public Task<ServerTokenizer?> FindTokenizerAsync(ServedModel model, CancellationToken cancellationToken)
        => PatientlyAsync(() => ServerTokenizer.FindAsync(client, model.Name, cancellationToken), cancellationToken);

    /// <summary>Builds the ladder out of the rungs that the endpoint has.</summary>
    public async Task<AnswerLadder> ClimbAsync(ChatRoute route, ServerTokenizer? tokenizer, CancellationToken cancellationToken)
    {
        var rungs = new List<IAnswerRung>();
        if (tokenizer is not null)
        {
            var answers = new AnswerTokens(tokenizer);
            if (options.Rungs.Contains(AnswerRungs.TokenIds))
                await AddAsync(rungs, new TokenIdsRung(route, answers), cancellationToken);
            if (options.Rungs.Contains(AnswerRungs.GenerativeScoring))
                await AddAsync(rungs, new GenerativeScoringRung(client, route.Model, tokenizer, answers), cancellationToken);
        }

        if (options.Rungs.Contains(AnswerRungs.TopTokens) && await PatientlyAsync(() => TopTokensRung.ProbeAsync(route, cancellationToken), cancellationToken) is { } top)
            rungs.Add(top);
        if (options.Rungs.Contains(AnswerRungs.Echo))
            await AddAsync(rungs, new EchoRung(client, route.Model, tokenizer), cancellationToken);
        if (options.Rungs.Contains(AnswerRungs.Sampling))
            rungs.Add(new SamplingRung(route, options.Samples));
        return new AnswerLadder(rungs);
    }

    private async Task AddAsync(List<IAnswerRung> rungs, IAnswerRung rung, CancellationToken cancellationToken)
    {
        try
        {
            if ((await PatientlyAsync(() => rung.ScoreAsync(ProbeQuestion.YesOrNo, cancellationToken), cancellationToken)).LogProbabilities is not null)
                rungs.Add(rung);
        }
        catch (EndpointException e) when (!e.IsBusy)
        {
            // Not a rung of this endpoint.
        }
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        foreach (var wait in _waits)
        {
            try
            {
                return await ask();
            }
            catch (EndpointException e) when (e.IsBusy)
            {
                await Task.Delay(e.RetryAfter < _waits[^1] ? e.RetryAfter.Value : wait, time, cancellationToken);
            }
        }

        return await ask();
    }

    private async Task<int?> TryAsync(string route, Func<System.Text.Json.JsonElement, int?> read, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(client.Address.ServerRoute(route), read, cancellationToken);
        }
        catch (Exception e) when (e is EndpointException or EhrR1Exception)
        {
            return null;
        }
    }
}
