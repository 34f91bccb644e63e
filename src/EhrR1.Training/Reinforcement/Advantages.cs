namespace EhrR1.Training;

/// <summary>The advantage of each completion over the others of its prompt.</summary>
/// <remarks>
/// Shao et al., "DeepSeekMath" (2024): (r − mean) / (std + 1e-4) over the group, the standard deviation with n − 1; without the division as Liu et al.,
/// "Understanding R1-Zero-like training" (2025), propose.
/// </remarks>
public static class Advantages
{
    private const double Epsilon = 1e-4;

    /// <summary>The advantages of one group.</summary>
    /// <param name="rewards">The rewards of the completions of one prompt.</param>
    /// <param name="divides">Whether the difference is divided by the standard deviation.</param>
    /// <returns>As many numbers, all 0 where all rewards are equal.</returns>
    public static double[] Of(ReadOnlySpan<double> rewards, bool divides = true)
    {
        var advantages = new double[rewards.Length];
        if (!Differ(rewards))
            return advantages;
        double mean = 0, squares = 0;
        foreach (var reward in rewards)
            mean += reward / rewards.Length;
        foreach (var reward in rewards)
            squares += (reward - mean) * (reward - mean);
        var scale = divides ? 1 / (Math.Sqrt(squares / (rewards.Length - 1)) + Epsilon) : 1;
        for (var i = 0; i < rewards.Length; i++)
            advantages[i] = (rewards[i] - mean) * scale;
        return advantages;
    }

    /// <summary>Whether a group teaches anything: its rewards are not all equal.</summary>
    public static bool Differ(ReadOnlySpan<double> rewards)
    {
        foreach (var reward in rewards)
        {
            if (reward != rewards[0])
                return true;
        }

        return false;
    }
}
