using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>Times several rounds of one piece of work by the processor's time, so that a busy neighbour counts little, with the wall clock and the machine's load beside it.</summary>
internal sealed class Rounds
{
    private readonly List<(double Cpu, double Wall)> _rounds = [];

    /// <summary>Runs rounds after two that warm up.</summary>
    public static Rounds Of(int count, Action round)
    {
        var rounds = new Rounds();
        for (int i = -2; i < count; i++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            long wall = Stopwatch.GetTimestamp();
            round();
            if (i >= 0)
                rounds._rounds.Add(((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(wall).TotalSeconds));
        }

        return rounds;
    }

    /// <summary>Cells of a table: how many of something a second of one core (the median, the lowest, the highest round), by the clock, and the load.</summary>
    public string Cells(double count)
    {
        var byCpu = _rounds.Select(r => count / r.Cpu).Order().ToList();
        var byWall = _rounds.Select(r => count / r.Wall).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{byCpu[byCpu.Count / 2]:N0} | {byCpu[0]:N0} – {byCpu[^1]:N0} | {byWall[byWall.Count / 2]:N0} | {Load()}");
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "–";
}
