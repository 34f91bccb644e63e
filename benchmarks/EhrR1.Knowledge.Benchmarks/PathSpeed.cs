using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>Paths a second over a terminology of UMLS's size, every pair asked once.</summary>
internal static class PathSpeed
{
    private const int Warming = 300;
    private const int Pairs = 6_000;

    public static int Measure(string file, string[] threads)
    {
        using var terminology = Terminology.Open(file);
        int most = threads is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1;
        Console.WriteLine("| pairs | threads | a second | a second of a core | with a path | relations in it, mean | beyond the mapped file |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var random = new Random(11);
        Row("random", [.. Some(random, _ => true)]);
        // What a chart names is no leaf, and no hub of everything.
        Row("clinical: both with 20 to 2,000 neighbours", [.. Some(random, c => terminology.NeighbourCount(c) is >= 20 and <= 2_000)]);
        Row("hubs: both with more than 1,000 neighbours", [.. Some(random, c => terminology.NeighbourCount(c) > 1_000)]);
        return 0;

        void Row(string name, (int From, int To)[] pairs)
        {
            for (int workers = 1; workers <= most; workers++)
            {
                var finder = new PathFinder(terminology, new PathOptions { CacheSize = 0 });
                foreach (var (from, to) in pairs[..Warming])
                    finder.Find(from, to);
                long found = 0, steps = 0;
                var clock = Stopwatch.StartNew();
                var used = Environment.CpuUsage.TotalTime;
                Parallel.ForEach(pairs[Warming..], new ParallelOptions { MaxDegreeOfParallelism = workers }, pair =>
                {
                    if (finder.Find(pair.From, pair.To) is not [var best, ..])
                        return;
                    Interlocked.Increment(ref found);
                    Interlocked.Add(ref steps, best.Steps.Count);
                });
                int asked = pairs.Length - Warming;
                double seconds = clock.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {workers} | {asked / seconds:N0} | {asked / processor:N0} | {100.0 * found / asked:0} % | {(double)steps / Math.Max(1, found):0.0} | {Memory()} |"));
            }
        }

        IEnumerable<(int From, int To)> Some(Random random, Func<int, bool> isWanted)
        {
            for (int i = 0; i < Pairs; i++)
            {
                int from = One(random, isWanted), to = One(random, isWanted);
                if (from != to)
                    yield return (from, to);
            }
        }

        int One(Random random, Func<int, bool> isWanted)
        {
            while (true)
            {
                int concept = random.Next(terminology.ConceptCount);
                if (isWanted(concept))
                    return concept;
            }
        }
    }

    /// <summary>The process's memory that is of no file.</summary>
    private static string Memory()
    {
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("RssAnon", StringComparison.Ordinal)) : null;
        double bytes = line is null ? GC.GetTotalMemory(false) : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0} MiB");
    }
}
