namespace EhrR1.Training;

/// <summary>A place in a model's distribution over texts, laid out like a dictionary: one number that all tokens of a text follow from.</summary>
/// <remarks>
/// Arithmetic sampling (Vilnis et al. 2023): a place that is random gives a text as probable as it is, and places that lie evenly share the distribution out, so
/// that what is counted over their texts is nearer the truth than over as many independent draws.
/// </remarks>
/// <param name="Place">The place, 0 to below 1.</param>
internal readonly record struct TextPlace(double Place)
{
    // Of the 53 bits of a number so many must be left to draw a token with.
    private const double Coarsest = 1.0 / (1 << 20);

    // How much of the distribution of what follows two neighbouring numbers lie apart.
    private double Fineness { get; init; } = 1.0 / (1L << 53);

    /// <summary>The place in the distribution of what follows a token; <see langword="null"/> once the number's bits are used up, after texts as rare as one in billions.</summary>
    /// <param name="share">Where the token was hit.</param>
    public TextPlace? Within(TokenShare share) => Fineness / share.Chance is var fineness && fineness > Coarsest ? null : new TextPlace(share.Place) { Fineness = fineness };
}
