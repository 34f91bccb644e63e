using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EhrR1.Ingest.Benchmarks;

/// <summary>Runs measurements one after the other and prints them as Markdown.</summary>
internal static class Tables
{
    public static async Task<int> AllAsync(string demo, string maps, string? work)
    {
        await DemoAsync(demo, maps);
        await HospitalAsync(1000, work is null ? null : Path.Combine(work, "1000"), begin: false);
        return await HospitalAsync(20_000, work is null ? null : Path.Combine(work, "20000"), begin: false);
    }

    public static Task<int> DemoAsync(string source, string maps) => SourceAsync("public MIMIC-IV demo", source, maps);

    public static async Task<int> HospitalAsync(long patients, string? work, bool begin = true)
    {
        if (begin)
            Begin();
        var name = string.Create(CultureInfo.InvariantCulture, $"synthetic hospital, {patients:N0} patients");
        using var folder = new WorkFolder(work);
        var source = Path.Combine(folder.Path, "hospital");
        if (!File.Exists(Path.Combine(source, "hosp", "patients.csv.gz")))
            Print(name, await MeasureAsync("hospital", $"{patients}", source));
        await MeasureSourceAsync(name, source, "", folder.Path);
        return 0;
    }

    public static async Task<int> SourceAsync(string name, string source, string? maps)
    {
        Begin();
        using var folder = new WorkFolder(null);
        await MeasureSourceAsync(name, source, maps ?? "", folder.Path);
        return 0;
    }

    public static async Task<int> WorkspaceAsync(string name, string workspace)
    {
        Begin();
        await MeasureReadingAsync(name, workspace);
        return 0;
    }

    private static async Task MeasureSourceAsync(string name, string source, string maps, string work)
    {
        var workspace = Path.Combine(work, "workspace");
        if (Directory.Exists(workspace))
            Directory.Delete(workspace, recursive: true);

        // Once before, so that both readers find the files in the system's cache.
        await MeasureAsync("count", source);
        Print(name, await MeasureAsync("count", source));
        Print(name, await MeasureAsync("build", source, maps, workspace));
        Print(name, await MeasureAsync("tasks", workspace));
        await MeasureReadingAsync(name, workspace);
    }

    private static async Task MeasureReadingAsync(string name, string workspace)
    {
        Print(name, await MeasureAsync("read", workspace));
        Print(name, await MeasureAsync("one", workspace));
    }

    private static void Begin()
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine();
        Console.WriteLine($"    dotnet run -c Release --project benchmarks/EhrR1.Ingest.Benchmarks -- {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}");
        Console.WriteLine();
        Console.WriteLine("| source | what | amount | wall time | a second | processor time | peak memory | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
    }

    private static void Print(string name, Figure f) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {f.What} | {f.Units:N0} {f.Unit} | {f.WallSeconds:F2} s | {f.Units / f.WallSeconds:N0} | {f.ProcessorSeconds:F2} s | {f.PeakBytes / (double)(1 << 30):F2} GiB | {f.Note} |"));

    private static async Task<Figure> MeasureAsync(params string[] arguments)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["measure", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<Figure>(output)!
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {child.ExitCode}.");
    }

    private sealed class WorkFolder(string? folder) : IDisposable
    {
        public string Path { get; } = folder is null ? Directory.CreateTempSubdirectory("ehr-r1-bench-").FullName : Directory.CreateDirectory(folder).FullName;

        public void Dispose()
        {
            if (folder is null)
                Directory.Delete(Path, recursive: true);
        }
    }
}
