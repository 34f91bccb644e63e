namespace EhrR1.Training;

/// <summary>A sequence's random numbers: the n-th follows from seed and n alone (SplitMix64, Steele et al. 2014).</summary>
internal static class DrawSeed
{
    /// <summary>A number from 0 to below 1.</summary>
    public static double Uniform(long seed, int step)
    {
        unchecked
        {
            var state = Mix((ulong)seed + 0x9E3779B97F4A7C15UL) + ((ulong)step * 0x9E3779B97F4A7C15UL);
            return (Mix(state) >> 11) * (1.0 / (1UL << 53));
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
