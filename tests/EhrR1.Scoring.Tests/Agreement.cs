namespace EhrR1.Scoring.Tests;

internal static class Agreement
{
    /// <summary>Equal within the tolerance, or both not defined.</summary>
    public static void ShouldAgreeWith(this double actual, double expected, double tolerance = 1e-12)
    {
        if (double.IsNaN(expected)) actual.ShouldBe(double.NaN);
        else actual.ShouldBe(expected, tolerance);
    }
}
