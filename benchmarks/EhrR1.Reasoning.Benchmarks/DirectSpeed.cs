using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>How fast direct cases are made, and in how much memory.</summary>
internal static class DirectSpeed
{
    private const int Runs = 3;
    private const int PerTask = 20_000;
    private const double Usual = 40_000;

    public static int Render(string folder, string[] tasks)
    {
        using var workspace = Workspace.Open(folder);
        using var index = TaskIndexStore.Open(workspace);
        var selection = BenchmarkBuilder.Draw(workspace, Options(workspace, tasks));
        var charts = index.ReadByPatient(ChartStore.Open(workspace), 0, selection).ToList();
        Console.WriteLine("| inputs rendered on one core | samples | characters each | samples a second | million characters a second | of 40,000 characters a second |");
        Console.WriteLine("|---|---|---|---|---|---|");
        List<(PatientChart Chart, TaskIndexRow Row)> together = [.. charts.SelectMany(p => p.Rows, (p, row) => (p.Chart, row))];
        Line("patient by patient", together);
        // The next sample is of another patient each time, so that no event's text is used twice.
        Line("patients in turn", [.. charts.SelectMany(p => p.Rows.Select((row, turn) => (p.Chart, Row: row, Turn: turn))).OrderBy(s => s.Turn).Select(s => (s.Chart, s.Row))]);
        return 0;

        void Line(string name, List<(PatientChart Chart, TaskIndexRow Row)> samples)
        {
            var builder = new SampleBuilder(workspace.Profile, hasDischargeNotes: index.Manifest.HasDischargeNotes);
            var text = new ArrayBufferWriter<char>(1 << 20);
            var characters = 0L;
            var seconds = Best(() =>
            {
                characters = 0;
                foreach (var (chart, row) in samples)
                {
                    text.ResetWrittenCount();
                    builder.WriteInput(text, chart, row);
                    characters += text.WrittenCount;
                }
            });
            Console.WriteLine(Invariant($"| {name} | {samples.Count:N0} | {characters / (double)samples.Count:N0} | {samples.Count / seconds:N0} | {characters / seconds / 1e6:N0} | {characters / seconds / Usual:N0} |"));
        }
    }

    public static int Write(string folder, string[] tasks)
    {
        using var workspace = Workspace.Open(folder);
        Console.WriteLine("| charts to files | threads | cases | characters each | bytes a case | cases a second of one core | million characters a second | of 40,000 characters a second of one core | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var format in new[] { InstructionFormat.Parquet, InstructionFormat.JsonLines })
        {
            foreach (var threads in new[] { 1, 2 })
                Write(workspace, tasks, format, threads);
        }

        return 0;
    }

    public static int Memory(string folder, int perTask)
    {
        using var workspace = Workspace.Open(folder);
        var manifest = InTemporaryFolder(to => InstructionBuild.Write(workspace, to, InstructionKind.Direct, new InstructionOptions { PerTask = perTask, Threads = 2 }));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(Invariant($"| {manifest.Cases:N0} | {process.PeakWorkingSet64 >> 20:N0} MiB |"));
        return 0;
    }

    private static void Write(Workspace workspace, string[] tasks, InstructionFormat format, int threads)
    {
        InstructionManifest? manifest = null;
        var start = Stopwatch.GetTimestamp();
        var elapsed = TimeSpan.MaxValue;
        var seconds = Best(() =>
        {
            start = Stopwatch.GetTimestamp();
            var options = new InstructionOptions { PerTask = PerTask, Tasks = tasks.Length > 0 ? tasks : null, Format = format, Threads = threads, CasesPerFile = 5_000 };
            manifest = InTemporaryFolder(to => InstructionBuild.Write(workspace, to, InstructionKind.Direct, options));
            var taken = Stopwatch.GetElapsedTime(start);
            elapsed = taken < elapsed ? taken : elapsed;
        });
        var bytes = manifest!.Files.Sum(f => f.Bytes);
        Console.WriteLine(Invariant($"| {format} | {threads} | {manifest.Cases:N0} | {manifest.Characters / manifest.Cases:N0} | {bytes / manifest.Cases:N0} | {manifest.Cases / seconds:N0} | {manifest.Characters / seconds / 1e6:N0} | {manifest.Characters / seconds / Usual:N0} | {elapsed.TotalSeconds:N1} |"));
    }

    private static DrawOptions Options(Workspace workspace, string[] tasks) =>
        new() { PerTask = PerTask, Split = SplitNames.Train, Tasks = tasks.Length > 0 ? tasks : null, Seed = workspace.Manifest.Seed, Filter = DrawFilter.For(workspace.Profile) };

    private static T InTemporaryFolder<T>(Func<string, T> work)
    {
        var folder = Directory.CreateTempSubdirectory("reasoning-benchmark");
        try
        {
            return work(Path.Combine(folder.FullName, "set"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The processor's time, so that what else runs on the machine matters less.
    private static double Best(Action work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return best;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
