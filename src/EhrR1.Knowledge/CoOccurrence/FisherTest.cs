namespace EhrR1.Knowledge;

/// <summary>Fisher's exact test, one-sided: how probable so many common samples or more are if two terms were independent.</summary>
/// <remarks>The hypergeometric tail, summed from the observed count upwards with logarithms of factorials. Not thread-safe.</remarks>
internal sealed class FisherTest
{
    // Terms of the sum below this share of it change nothing.
    private const double Negligible = 1e-17;

    private double[] _logFactorials = [0, 0];

    /// <summary>The p-value.</summary>
    /// <param name="target">Samples with the first term.</param>
    /// <param name="history">Samples with the second.</param>
    /// <param name="together">Samples with both.</param>
    /// <param name="samples">All samples.</param>
    public double PValue(long target, long history, long together, long samples)
    {
        long least = Math.Max(0, target + history - samples), most = Math.Min(target, history);
        if (together <= least)
            return 1;
        if (together > most)
            return 0;
        // The largest terms come first once the count is above its expectation, which pairs of interest are.
        double term = Math.Exp(LogTerm(target, history, together, samples)), sum = term;
        for (long k = together; k < most; k++)
        {
            term *= (double)(target - k) * (history - k) / ((double)(k + 1) * (samples - target - history + k + 1));
            sum += term;
            if (term < sum * Negligible)
                break;
        }

        return Math.Min(1, sum);
    }

    private double LogTerm(long target, long history, long together, long samples) =>
        LogChoose(history, together) + LogChoose(samples - history, target - together) - LogChoose(samples, target);

    private double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    private double LogFactorial(long n)
    {
        if (n < _logFactorials.Length)
            return _logFactorials[n];
        if (n > 4_000_000)
        {
            // Stirling's series: at this size the first term left out is below 1e-20.
            return ((n + 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12.0 * n));
        }

        int before = _logFactorials.Length;
        Array.Resize(ref _logFactorials, (int)Math.Max(n + 1, before * 2L));
        for (int i = before; i < _logFactorials.Length; i++)
            _logFactorials[i] = _logFactorials[i - 1] + Math.Log(i);
        return _logFactorials[n];
    }
}
