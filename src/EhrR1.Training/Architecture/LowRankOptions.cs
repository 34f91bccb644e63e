using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Which matrices LoRA adds to, and how much (Hu et al. 2021). There is no dropout.</summary>
public sealed record LowRankOptions
{
    /// <summary>How many times as high learning rates are as in a training of the whole model: what the documentation of TRL and verl advises.</summary>
    public const double RateFactor = 10;

    /// <summary>All linear layers of a decoder's layer, the default of <see cref="Targets"/>.</summary>
    public static IReadOnlyList<string> AllTargets { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>Rank of the additions. The default value is 16.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>The additions are scaled by this divided by the rank. The default value is 32.</summary>
    public double Alpha { get; init; } = 32;

    /// <summary>The last parts of the names of the linear layers that get one. The default value is <see cref="AllTargets"/>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = AllTargets;

    /// <summary>Seed of the first matrices; the second ones begin with 0, so that the model is at first what it was. The default value is 0.</summary>
    public long Seed { get; init; }

    /// <summary>How the first matrices are drawn. The default value is <see cref="LowRankStart.Uniform"/>.</summary>
    public LowRankStart Start { get; init; }

    /// <summary>The factor of the additions.</summary>
    public double Scale => Alpha / Rank;

    /// <summary>Checks that there is something to add, and to what.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="EhrR1Exception">A target is none of a layer's, the rank is below 1, or alpha is not above 0.</exception>
    public void Check(string? where = null)
    {
        if (Rank < 1)
            throw new EhrR1Exception($"The rank of LoRA is {Rank}", where, "Choose a rank of at least 1, such as 16");
        if (!double.IsFinite(Alpha) || Alpha <= 0)
            throw new EhrR1Exception($"The alpha of LoRA is {Alpha}", where, "Choose a number above 0, such as twice the rank");
        if (Targets.Count == 0 || Targets.FirstOrDefault(t => !AllTargets.Contains(t)) is not null)
            throw new EhrR1Exception($"LoRA cannot be attached to {(Targets.Count == 0 ? "nothing" : Targets.First(t => !AllTargets.Contains(t)))}", null, $"Choose among {string.Join(", ", AllTargets)}");
    }
}
