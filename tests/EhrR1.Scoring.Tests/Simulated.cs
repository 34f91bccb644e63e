namespace EhrR1.Scoring.Tests;

/// <summary>Deterministic simulated risk samples, several a patient, with a patient's own effect.</summary>
internal static class Simulated
{
    public static BinaryOutcomes Risk(int samples, int patients, ulong seed, double skill = 1)
    {
        var random = new SplitMix64(SplitMix64.Mix(seed));
        double[] effects = [.. Enumerable.Range(0, patients).Select(_ => Normal(ref random))];
        var p = new double[samples];
        var y = new bool[samples];
        var who = new long[samples];
        for (int i = 0; i < samples; i++)
        {
            int patient = random.Below(patients);
            double signal = Normal(ref random) + (0.7 * effects[patient]);
            y[i] = Uniform(ref random) < 1 / (1 + Math.Exp(1 - signal));
            p[i] = 1 / (1 + Math.Exp(1 - (skill * signal) - (0.5 * Normal(ref random))));
            who[i] = 10_000 + patient;
        }

        return new(p, y, null, who);
    }

    public static double Uniform(ref SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1UL << 53));

    public static double Normal(ref SplitMix64 random)
    {
        double u = 1 - Uniform(ref random);
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * Uniform(ref random));
    }
}
