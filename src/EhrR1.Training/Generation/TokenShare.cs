namespace EhrR1.Training;

/// <summary>Where a random number hit the share of the probability that belongs to the token drawn.</summary>
/// <param name="Place">The place within that share, 0 to below 1: as random as the number was, and a number to draw the next token with.</param>
/// <param name="Chance">How large the share is, above 0 to 1.</param>
internal readonly record struct TokenShare(double Place, double Chance)
{
    // The largest number below 1.
    private const double Highest = 1 - (1.0 / (1L << 53));

    /// <summary>The share of a token of some mass, hit so far from its beginning.</summary>
    public static TokenShare Of(double from, double mass, double all) => new(Math.Clamp(from / mass, 0, Highest), mass / all);
}
