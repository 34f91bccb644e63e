namespace EhrR1.Scoring.Benchmarks;

/// <summary>A simulated risk task of 100,000 rows by default: 20,000 patients, a tenth of the rows yes.</summary>
public static class RiskTask
{
    public const int Patients = 20_000;

    /// <summary>Makes the columns; with levels, probabilities are rounded to that many steps, so that ties are long.</summary>
    public static BinaryOutcomes Simulate(int rows, int levels = 0, bool weighted = false)
    {
        var random = new Random(7);
        var p = new double[rows];
        var y = new bool[rows];
        var w = new double[rows];
        var who = new long[rows];
        for (int i = 0; i < rows; i++)
        {
            double signal = random.NextDouble();
            y[i] = random.NextDouble() < 0.2 * signal;
            p[i] = Math.Clamp((0.7 * signal) + (0.3 * random.NextDouble()), 0, 1);
            if (levels > 0) p[i] = Math.Round(p[i] * levels) / levels;
            w[i] = 0.1 + random.NextDouble();
            who[i] = 10_000_000 + random.Next(Patients);
        }

        return new(p, y, weighted ? w : null, who);
    }

    public static IPreparedMetric[] Prepare(BinaryOutcomes outcomes, PatientIndex patients) =>
        [Auroc.Prepare(outcomes, patients), AveragePrecision.Prepare(outcomes, patients), Brier.Prepare(outcomes, patients)];
}
