namespace EhrR1.Scoring;

/// <summary>Holm's correction of p-values for the number of comparisons made.</summary>
/// <remarks>Source: Holm, Scandinavian Journal of Statistics 6 (1979): the k-th smallest of n is multiplied by n − k + 1
/// and made monotone; it controls the chance of any false claim, whatever the dependence.</remarks>
public static class HolmAdjustment
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">p-values, 0 to 1; NaN (not defined) stays NaN and does not count as a comparison.</param>
    /// <returns>Adjusted p-values in the same order, at most 1.</returns>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => !double.IsNaN(pValues[i])).OrderBy(i => pValues[i])];
        double[] adjusted = [.. pValues];
        double greatest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            greatest = Math.Max(greatest, Math.Min(1, pValues[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = greatest;
        }

        return adjusted;
    }
}
