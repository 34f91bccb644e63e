namespace EhrR1.Training;

/// <summary>Carries out a call: its completions join the batch that is being generated.</summary>
internal sealed class CallRun(GenerationWorker worker)
{
    /// <summary>Runs all completions of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="onPrompt">Told the places of each prompt, before its completions begin.</param>
    /// <param name="onToken">Told every token with its completion's number, on the worker's thread.</param>
    /// <param name="cancellationToken">Takes them out of the batch.</param>
    public async Task<WrittenChoice[]> RunAsync(CompletionCall call, Action<int, IReadOnlyList<PromptPlace>>? onPrompt, Action<int, GeneratedToken>? onToken, CancellationToken cancellationToken)
    {
        // When one fails, the others are of no use.
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var prompts = await PromptsAsync(call, together.Token).ConfigureAwait(false);
        for (var choice = 0; choice < call.Choices; choice++)
            onPrompt?.Invoke(choice, prompts[choice / call.Completions]);
        if (call.WritesNothing)
            return [.. Enumerable.Range(0, call.Choices).Select(c => new WrittenChoice(null, prompts[c / call.Completions]))];
        var tasks = Enumerable.Range(0, call.Choices).Select(c => OneAsync(c)).ToArray();
        var sequences = await Task.WhenAll(tasks).ConfigureAwait(false);
        return [.. sequences.Select((s, c) => new WrittenChoice(s, prompts[c / call.Completions]))];

        async Task<GeneratedSequence> OneAsync(int choice)
        {
            try
            {
                return await worker.GenerateAsync(call.RequestOf(choice), onToken is null ? null : token => onToken(choice, token), together.Token).ConfigureAwait(false);
            }
            catch
            {
                await together.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task<IReadOnlyList<PromptPlace>[]> PromptsAsync(CompletionCall call, CancellationToken cancellationToken)
    {
        var alternatives = Math.Max(call.PromptAlternatives ?? 0, call.Echoes ? call.Options.Alternatives : 0);
        var places = new IReadOnlyList<PromptPlace>[call.Prompts.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = call.ReadsPrompts ? await worker.ReadAsync(call.Prompts[i], alternatives, cancellationToken).ConfigureAwait(false) : [];
        return places;
    }
}
