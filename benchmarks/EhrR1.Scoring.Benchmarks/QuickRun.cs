using System.Diagnostics;

namespace EhrR1.Scoring.Benchmarks;

/// <summary>The headline figures in seconds instead of minutes: best of a few runs, columns in, intervals out.</summary>
internal static class QuickRun
{
    private const int Runs = 5;

    public static void Write(TextWriter output)
    {
        output.WriteLine("| rows | patients | probabilities | threads | 1,000 replicates of AUROC, AUPRC and Brier, sorting included | processor time |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, int levels, bool weighted) in new[] { ("distinct", 0, false), ("1,000 levels (ties)", 1000, false), ("distinct, weighted", 0, true), ("1,000 levels, weighted", 1000, true) })
        {
            BinaryOutcomes outcomes = RiskTask.Simulate(100_000, levels, weighted);
            foreach (int threads in new[] { 1, 2 })
            {
                (TimeSpan wall, TimeSpan processor) = Best(outcomes, threads);
                output.WriteLine($"| 100,000 | {RiskTask.Patients:N0} | {name} | {threads} | {wall.TotalSeconds:F2} s | {processor.TotalSeconds:F2} s |");
            }
        }
    }

    private static (TimeSpan Wall, TimeSpan Processor) Best(BinaryOutcomes outcomes, int threads)
    {
        TimeSpan best = TimeSpan.MaxValue, leastWork = TimeSpan.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            PatientIndex patients = PatientIndex.Of(outcomes.Patients);
            IReadOnlyList<ScoreDraws> draws = PatientBootstrap.Run(
                RiskTask.Prepare(outcomes, patients), patients, new() { Replicates = 1000, Threads = threads });
            if (draws.Any(d => double.IsNaN(d.Interval().Low))) throw new InvalidOperationException("A score is not defined.");
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            TimeSpan work = Environment.CpuUsage.TotalTime - before;
            if (taken < best) best = taken;
            if (work < leastWork) leastWork = work;
        }

        return (best, leastWork);
    }
}
