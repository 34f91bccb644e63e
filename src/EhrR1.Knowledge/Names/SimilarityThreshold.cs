namespace EhrR1.Knowledge;

/// <summary>The least similarity that counts as a match, in whole ten-thousandths, so that no rounding decides a match.</summary>
/// <remarks>
/// <para>The bounds on sizes and overlaps are those of SimString (Okazaki and Tsujii, Simple and efficient algorithm for
/// approximate dictionary matching, COLING 2010, Table 1), in integers where SimString takes the ceiling and the floor of
/// floating-point numbers.</para>
/// </remarks>
public readonly record struct SimilarityThreshold
{
    private const int One = 10_000;

    /// <summary>Makes a threshold.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="least">The least similarity, above 0 and at most 1; rounded to four decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is not above 0 and at most 1, or the measure is unknown.</exception>
    public SimilarityThreshold(SimilarityMeasure measure, double least)
    {
        if (!Enum.IsDefined(measure))
            throw new ArgumentOutOfRangeException(nameof(measure), measure, "There is no such measure.");
        if (!(least is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(least), least, "A similarity is above 0 and at most 1.");
        Measure = measure;
        TenThousandths = Math.Max(1, (int)Math.Round(least * One));
    }

    /// <summary>Jaccard at 0.7, what QuickUMLS uses by default.</summary>
    public static SimilarityThreshold Default { get; } = new(SimilarityMeasure.Jaccard, 0.7);

    /// <summary>The measure.</summary>
    public SimilarityMeasure Measure { get; }

    /// <summary>The least similarity, in ten-thousandths.</summary>
    public int TenThousandths { get; }

    /// <summary>The similarity of two sets.</summary>
    /// <param name="x">The size of one.</param>
    /// <param name="y">The size of the other.</param>
    /// <param name="shared">The size of what they share.</param>
    /// <returns>0 to 1.</returns>
    public double Similarity(int x, int y, int shared) => Measure switch
    {
        SimilarityMeasure.Jaccard => (double)shared / (x + y - shared),
        SimilarityMeasure.Cosine => shared / Math.Sqrt((double)x * y),
        SimilarityMeasure.Dice => 2.0 * shared / (x + y),
        _ => (double)shared / Math.Min(x, y),
    };

    /// <summary>The least size that a set similar to one of size <paramref name="x"/> can have.</summary>
    internal int LeastSize(int x) => Measure switch
    {
        SimilarityMeasure.Jaccard => (int)Ceiling((long)TenThousandths * x, One),
        SimilarityMeasure.Cosine => (int)Ceiling((long)TenThousandths * TenThousandths * x, One * One),
        SimilarityMeasure.Dice => (int)Ceiling((long)TenThousandths * x, (2 * One) - TenThousandths),
        _ => 1,
    };

    /// <summary>The greatest size that a set similar to one of size <paramref name="x"/> can have.</summary>
    internal int GreatestSize(int x) => (int)Math.Min(int.MaxValue, Measure switch
    {
        SimilarityMeasure.Jaccard => (long)One * x / TenThousandths,
        SimilarityMeasure.Cosine => (long)One * One * x / ((long)TenThousandths * TenThousandths),
        SimilarityMeasure.Dice => ((2L * One) - TenThousandths) * x / TenThousandths,
        _ => int.MaxValue,
    });

    /// <summary>The least overlap that makes sets of two sizes similar.</summary>
    internal int LeastOverlap(int x, int y) => Measure switch
    {
        SimilarityMeasure.Jaccard => (int)Ceiling((long)TenThousandths * (x + y), One + TenThousandths),
        SimilarityMeasure.Cosine => CeilingOfRoot((long)TenThousandths * TenThousandths * x * y),
        SimilarityMeasure.Dice => (int)Ceiling((long)TenThousandths * (x + y), 2 * One),
        _ => (int)Ceiling((long)TenThousandths * Math.Min(x, y), One),
    };

    private static long Ceiling(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    /// <summary>The least o with (One · o)² ≥ square.</summary>
    private static int CeilingOfRoot(long square)
    {
        // The floating-point root is off by one at most.
        long root = Math.Max(0, (long)(Math.Sqrt(square) / One) - 1);
        while (One * One * root * root < square)
            root++;
        return (int)root;
    }
}
