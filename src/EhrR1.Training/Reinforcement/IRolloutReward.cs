namespace EhrR1.Training;

/// <summary>Rewards completions.</summary>
public interface IRolloutReward
{
    /// <summary>Rewards the completions of one step, together, so that the work can be spread.</summary>
    /// <param name="rollouts">The completions.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One score a completion, in their order.</returns>
    IReadOnlyList<RolloutScore> Score(IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken = default);
}
