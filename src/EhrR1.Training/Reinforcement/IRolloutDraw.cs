namespace EhrR1.Training;

/// <summary>Draws completions from the policy as it stands.</summary>
public interface IRolloutDraw
{
    /// <summary>Draws.</summary>
    /// <param name="prompts">Prompts by their place in the set.</param>
    /// <param name="each">Completions of each.</param>
    /// <param name="seed">The seed of this call; the same policy and seed draw the same.</param>
    /// <param name="cancellationToken">Stops between two tokens.</param>
    /// <returns>The completions, those of a prompt next to each other, in the order of the prompts.</returns>
    IReadOnlyList<Rollout> Draw(IReadOnlyList<(int Place, int[] Tokens)> prompts, int each, long seed, CancellationToken cancellationToken = default);
}
