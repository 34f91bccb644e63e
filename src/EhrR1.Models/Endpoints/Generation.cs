namespace EhrR1.Models;

/// <summary>Gets as many completions of a prompt as were asked for, from servers that give several at once and those that do not.</summary>
internal static class Generation
{
    /// <summary>Asks until the completions are there; the seed of a later request is moved on by those that are there already.</summary>
    public static async Task<GenerationResponse> RunAsync(ChatRoute route, GenerationRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Completions, 1);
        var completions = new List<Completion>(request.Completions);
        var usage = default(TokenUsage);
        while (completions.Count < request.Completions)
        {
            var left = request.Completions - completions.Count;
            var call = new ChatCall(request.Prompt)
            {
                Sampling = completions.Count > 0 && request.Sampling.Seed is { } seed ? request.Sampling with { Seed = seed + completions.Count } : request.Sampling,
                Choices = route.Habits.GivesOneChoice ? 1 : left,
            };
            var reply = await route.AskAsync(call, cancellationToken);
            if (call.Choices > 1 && reply.Choices.Count == 1)
                route.Habits.GivesOneChoice = true;
            completions.AddRange(reply.Choices.Take(left).Select(c => c.Completion));
            usage += reply.Usage;
        }

        return new GenerationResponse(completions, usage);
    }
}
