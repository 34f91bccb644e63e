using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>How many pairs a second are counted on one thread, for tasks with few targets and with many, with plenty of memory and with little.</summary>
internal static class LiftSpeed
{
    private const int Terms = 20_000;
    private const int History = 200;
    private const int Runs = 3;

    public static int Measure()
    {
        Console.WriteLine("| samples | different targets | targets a sample | pair increments | memory limit | spills | increments a second | different pairs, merged a second |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (targets, each) in new[] { (100, 2), (5_000, 12) })
        {
            foreach (long limit in new[] { long.MaxValue, 64L << 20, 8L << 20 })
                Measure(targets, each, limit);
        }

        return 0;
    }

    private static void Measure(int targets, int each, long limit)
    {
        int samples = 240_000 / each;
        var drawn = Draw(samples, targets, each);
        double best = double.MaxValue, merge = 0;
        long increments = 0, pairs = 0;
        int spills = 0;
        for (int run = 0; run < Runs; run++)
        {
            var path = Path.Combine(Path.GetTempPath(), $"lift-{Environment.ProcessId}.partial");
            using var counter = new PairCounter(path);
            var before = Environment.CpuUsage.TotalTime;
            foreach (var (target, history, union) in drawn)
            {
                counter.Add(target, history, union, Terms);
                if (counter.Bytes > limit)
                    counter.Spill();
            }

            double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            if (seconds >= best)
                continue;
            best = seconds;
            (increments, spills) = (counter.Increments, counter.Spills);
            before = Environment.CpuUsage.TotalTime;
            pairs = PairCounter.Merge([counter]).LongCount();
            merge = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {samples:N0} | {targets:N0} | {each} | {increments:N0} | {(limit == long.MaxValue ? "none" : $"{limit >> 20} MiB")} | {spills} | {increments / best / 1e6:0} million | {pairs:N0}, {pairs / merge / 1e6:0.0} million |"));
    }

    /// <summary>Samples whose terms are as uneven as those of charts: a term's frequency falls with its rank.</summary>
    private static List<(List<int> Targets, List<int> History, List<int> Union)> Draw(int samples, int targets, int each)
    {
        var random = new Random(1);
        var drawn = new List<(List<int>, List<int>, List<int>)>(samples);
        for (int i = 0; i < samples; i++)
        {
            var target = Several(random, targets, each);
            var history = Several(random, Terms, History);
            drawn.Add((target, history, [.. target.Union(history)]));
        }

        return drawn;
    }

    private static List<int> Several(Random random, int of, int count)
    {
        var several = new HashSet<int>(count);
        while (several.Count < count)
            several.Add((int)(of * Math.Pow(random.NextDouble(), 3)));
        return [.. several];
    }
}
