using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>Draws completions from a policy by <see cref="GenerationBatch"/>.</summary>
/// <remarks>Each completion has a seed of its own, so what is drawn does not depend on how many are drawn at once. Not safe for several threads.</remarks>
/// <param name="policy">The policy; its weights may change between two calls.</param>
/// <param name="options">How tokens are drawn.</param>
/// <param name="drawsFromAll">Whether completions of the prompt at a place are drawn from all tokens as probable as they are, at temperature 1, whatever the options say; <see langword="null"/> where none are. See <see cref="CompletionReward.NeedsWholeDraws"/>.</param>
/// <param name="stopTokens">The tokens that end a completion; by default those of config.json.</param>
public sealed class PolicyDraw(DecoderModel policy, ReinforcementOptions options, Func<int, bool>? drawsFromAll = null, IReadOnlyList<int>? stopTokens = null) : IRolloutDraw
{
    internal GenerationLimits Limits => new() { Sequences = options.DrawAtOnce, CacheBytes = options.DrawMemory };

    /// <inheritdoc/>
    public IReadOnlyList<Rollout> Draw(IReadOnlyList<(int Place, int[] Tokens)> prompts, int each, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        var requests = new List<SequenceRequest>(prompts.Count * each);
        foreach (var (place, tokens) in prompts)
        {
            var all = drawsFromAll?.Invoke(place) == true;
            for (var i = 0; i < each; i++)
            {
                var own = new StableHash(seed);
                own.Add(place);
                own.Add(i);
                requests.Add(new SequenceRequest(tokens, new SequenceOptions
                {
                    MaxNewTokens = options.MaxCompletionTokens,
                    Temperature = all ? 1 : options.Temperature,
                    TopP = all ? 1 : options.TopP,
                    TopK = all ? null : options.TopK,
                    Seed = (long)(own.Value >> 1),
                }));
            }
        }

        // A batch of its own for each call: it keeps copies of weights and of prompts read.
        using var batch = new GenerationBatch(policy, limits: Limits, stopTokens: stopTokens);
        var drawn = batch.Run(requests, cancellationToken: cancellationToken);
        return [.. drawn.Select((d, i) => new Rollout(prompts[i / each].Place, prompts[i / each].Tokens, [.. d.Tokens], d.End == SequenceEnd.Length) { Temperature = requests[i].Options.Temperature })];
    }
}
