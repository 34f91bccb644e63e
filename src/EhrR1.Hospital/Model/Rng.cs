using System.Numerics;

namespace EhrR1.Hospital;

/// <summary>A stream of random numbers (xoshiro256**, Blackman and Vigna) that is fixed by a seed, a subject and a purpose alone.</summary>
internal sealed class Rng
{
    private readonly ulong origin;
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spare;
    private bool hasSpare;

    private Rng(ulong origin)
    {
        this.origin = origin;
        var state = origin;
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    public static Rng For(ulong seed, long subject)
    {
        var state = seed ^ 0x6A09E667F3BCC909UL;
        var mixed = SplitMix(ref state) ^ ((ulong)subject * 0x9E3779B97F4A7C15UL);
        return new Rng(SplitMix(ref mixed));
    }

    /// <summary>A stream of its own for one purpose, so that a draw more in one place moves nothing elsewhere.</summary>
    public Rng Fork(int purpose)
    {
        var state = origin + ((ulong)(uint)purpose * 0xD1B54A32D192ED03UL) + 1;
        return new Rng(SplitMix(ref state));
    }

    public ulong Bits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    public int Below(int count) => (int)(Uniform() * count);

    public bool Chance(double probability) => Uniform() < probability;

    public double Normal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    public double Normal(double mean, double sd) => mean + (sd * Normal());

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    public int Poisson(double mean)
    {
        if (mean > 40)
            return Math.Max(0, (int)Math.Round(Normal(mean, Math.Sqrt(mean))));
        var limit = Math.Exp(-mean);
        var product = Uniform();
        var count = 0;
        while (product > limit)
        {
            product *= Uniform();
            count++;
        }
        return count;
    }

    /// <summary>A whole number near an expectation: its floor, or one more with the probability of the rest.</summary>
    public int Round(double expectation) => (int)Math.Floor(expectation + Uniform());

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
