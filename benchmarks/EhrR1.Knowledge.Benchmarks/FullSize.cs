using System.Diagnostics;
using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>A terminology of UMLS's size: written, built and opened.</summary>
internal static class FullSize
{
    public static int Write(string folder, string[] scale)
    {
        var clock = Stopwatch.StartNew();
        new RrfOfFullSize(scale is [var share] ? double.Parse(share, CultureInfo.InvariantCulture) : 1).Write(folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length) / 1e9:0.0} GB of RRF in {clock.Elapsed.TotalSeconds:0} s"));
        return 0;
    }

    public static int Build(string folder, string file)
    {
        var clock = Stopwatch.StartNew();
        var facts = TerminologyBuild.Write([new RrfSource(folder)], file, progress: new Steps(clock));
        var built = clock.Elapsed;
        clock.Restart();
        using var opened = Terminology.Open(file);
        var open = clock.Elapsed;
        Console.WriteLine("| concepts | names | codes | relations | file | build | peak memory | open |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {facts.Concepts:N0} | {facts.Names:N0} | {facts.Codes:N0} | {facts.Relations:N0} | {new FileInfo(file).Length / 1e9:0.00} GB | {built.TotalSeconds:0} s, {Environment.CpuUsage.TotalTime.TotalSeconds:0} s of processors | {PeakMemory()} | {open.TotalMilliseconds:0} ms |"));
        return 0;
    }

    /// <summary>The most memory that the process ever had, without pages of mapped files where the system tells them apart.</summary>
    internal static string PeakMemory()
    {
        // VmHWM counts mapped pages too, so it is an upper bound.
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal)) : null;
        double bytes = line is null ? Process.GetCurrentProcess().PeakWorkingSet64 : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):0.00} GiB");
    }

    /// <summary>Says on the error stream when each step begins.</summary>
    private sealed class Steps(Stopwatch clock) : IProgress<StageProgress>
    {
        private string _last = "";

        public void Report(StageProgress value)
        {
            if (value.Stage == _last)
                return;
            _last = value.Stage;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,6:0.0} s  {PeakMemory(),10}  {value.Stage}"));
        }
    }
}
