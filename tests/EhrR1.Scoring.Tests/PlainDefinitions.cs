namespace EhrR1.Scoring.Tests;

/// <summary>The plain twins of the fast kernels: each formula as its definition says, in quadratic time.</summary>
internal static class PlainDefinitions
{
    public static double Auroc(double[] p, bool[] y, double[] w)
    {
        double won = 0, pairs = 0;
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = 0; j < p.Length; j++)
            {
                if (!y[i] || y[j]) continue;
                pairs += w[i] * w[j];
                won += w[i] * w[j] * (p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0);
            }
        }

        return pairs > 0 ? won / pairs : double.NaN;
    }

    public static double AveragePrecision(double[] p, bool[] y, double[] w)
    {
        double allYes = Sum(w, i => y[i]);
        if (allYes == 0) return double.NaN;
        double recallBefore = 0, sum = 0;
        foreach (double threshold in p.Distinct().OrderDescending())
        {
            double said = Sum(w, i => p[i] >= threshold);
            double hit = Sum(w, i => p[i] >= threshold && y[i]);
            if (said == 0) continue;
            sum += ((hit / allYes) - recallBefore) * (hit / said);
            recallBefore = hit / allYes;
        }

        return sum;
    }

    public static double Brier(double[] p, bool[] y, double[] w)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++) sum += w[i] * Math.Pow(p[i] - (y[i] ? 1 : 0), 2);
        return w.Sum() > 0 ? sum / w.Sum() : double.NaN;
    }

    public static double CalibrationError(double[] p, bool[] y, double[] w, int bins)
    {
        double all = w.Sum(), sum = 0;
        if (all == 0) return double.NaN;
        for (int b = 0; b < bins; b++)
        {
            int bin = b;
            bool In(int i) => Math.Min((int)(p[i] * bins), bins - 1) == bin;
            double weight = Sum(w, In);
            if (weight == 0) continue;
            double predicted = 0;
            for (int i = 0; i < p.Length; i++) predicted += In(i) ? w[i] * p[i] : 0;
            sum += weight / all * Math.Abs((predicted / weight) - (Sum(w, i => In(i) && y[i]) / weight));
        }

        return sum;
    }

    private static double Sum(double[] w, Func<int, bool> where)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++) sum += where(i) ? w[i] : 0;
        return sum;
    }
}
