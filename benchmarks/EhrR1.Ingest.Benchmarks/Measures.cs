using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Hospital;
using EhrR1.Tasks;

namespace EhrR1.Ingest.Benchmarks;

/// <summary>The measurements; each runs in a process of its own, so that its peak memory is its own.</summary>
internal static class Measures
{
    private const int ReadRounds = 3;
    private const int OneByOne = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var figures = arguments switch
        {
            ["hospital", var patients, var folder] => await HospitalAsync(int.Parse(patients, CultureInfo.InvariantCulture), folder),
            ["build", var source, var maps, var workspace] => await BuildAsync(source, maps.Length == 0 ? null : maps, workspace),
            ["tasks", var workspace] => [Tasks(workspace)],
            ["count", var source] => [Count(source)],
            ["read", var workspace] => [Read(workspace)],
            ["one", var workspace] => [One(workspace)],
            _ => throw new ArgumentException(string.Join(' ', arguments)),
        };
        foreach (var figure in figures)
            Console.WriteLine(JsonSerializer.Serialize(figure));
        return 0;
    }

    private static async Task<Figure[]> HospitalAsync(int patients, string folder)
    {
        var watch = Watch.Start();
        var summary = await new SyntheticHospital().WriteAsync(folder, new HospitalOptions { Patients = patients, Seed = 42 });
        return [watch.Stop($"write a synthetic hospital of {patients} patients", summary.Rows.Values.Sum(), "rows")];
    }

    private static async Task<Figure[]> BuildAsync(string source, string? maps, string folder)
    {
        var watch = Watch.Start();
        using var workspace = Workspace.Create(folder, new WorkspaceManifest { Profile = "ehr-bench", Seed = 42 });
        var result = await ChartBuild.RunAsync(workspace, new BuildOptions { Source = source, Workspace = folder, Maps = maps });
        var rows = result.Record.Counts["tables"]!.AsObject().Sum(t => (long)t.Value!["rows_in"]!);
        return [watch.Stop("CSV.gz to charts", rows, "rows", $"{result.Patients} patients, {result.Events} events, {result.Items} items")];
    }

    private static Figure Tasks(string folder)
    {
        var watch = Watch.Start();
        using var workspace = Workspace.OpenForWriting(folder);
        var manifest = TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions());
        return watch.Stop("charts to task index", manifest.Samples.Values.Sum(), "samples");
    }

    /// <summary>What DuckDB alone takes to read and count the files of the event tables: the limit to compare with.</summary>
    private static Figure Count(string source)
    {
        var files = MimicSource.Discover(source);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var watch = Watch.Start();
        long rows = 0;
        foreach (var type in EventCatalog.Types)
        {
            if (files.Find(MimicSource.ModuleName(type.Module), type.Name) is not { } file)
                continue;
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*), count(COLUMNS(*)) FROM read_csv({SqlText.Literal(file.Path)}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', max_line_size = 4194304)";
            using var reader = command.ExecuteReader();
            reader.Read();
            rows += reader.GetInt64(0);
        }

        return watch.Stop("DuckDB alone: read every cell of the same files and count", rows, "rows");
    }

    private static Figure Read(string folder)
    {
        using var workspace = Workspace.Open(folder);
        Figure? best = null;
        for (var round = 0; round < ReadRounds; round++)
        {
            var watch = Watch.Start();
            var store = ChartStore.Open(workspace);
            long items = 0;
            foreach (var chart in store.ReadAll())
                items += chart.ItemCount;
            var figure = watch.Stop("read all charts, patient by patient", items, "items");
            if (best is null || figure.WallSeconds < best.WallSeconds)
                best = figure;
        }

        return best! with { Note = string.Create(CultureInfo.InvariantCulture, $"{best!.Units / best.ProcessorSeconds / 1e6:F2} million items a second and core") };
    }

    private static Figure One(string folder)
    {
        using var workspace = Workspace.Open(folder);
        var store = ChartStore.Open(workspace);
        var random = new Random(1);
        var ids = Enumerable.Range(0, 2 * OneByOne).Select(_ => store.Subjects[random.Next(store.Subjects.Count)].SubjectId).ToList();

        // The first half warms up: until then .NET still compiles what is read with.
        var first = TimeOf(store, ids[0]);
        foreach (var id in ids[1..OneByOne])
            _ = store.Read(id);
        var watch = Watch.Start();
        var times = ids[OneByOne..].ConvertAll(id => TimeOf(store, id));
        times.Sort();
        return watch.Stop("one chart by its id, warm", OneByOne, "charts", string.Create(CultureInfo.InvariantCulture, $"median {times[OneByOne / 2]:F1} ms, 95 % {times[OneByOne * 95 / 100]:F1} ms, largest {times[^1]:F1} ms; the first of the process {first:F0} ms"));
    }

    private static double TimeOf(ChartStore store, long id)
    {
        var start = Stopwatch.GetTimestamp();
        _ = store.Read(id);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private sealed class Watch
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private readonly TimeSpan _processor = Process.GetCurrentProcess().TotalProcessorTime;

        public static Watch Start() => new();

        public Figure Stop(string what, long units, string unit, string note = "")
        {
            var wall = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            var process = Process.GetCurrentProcess();
            return new Figure(what, units, unit, wall, (process.TotalProcessorTime - _processor).TotalSeconds, process.PeakWorkingSet64, note);
        }
    }
}
