using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Cli;

/// <summary>What a build would do: the files found and missing, and about how long and how much disk it would take.</summary>
internal static class DryRun
{
    // Measured on two cores with gzipped MIMIC-IV tables; see benchmarks.
    private const double GzipBytesPerSecondAndCore = 1.5e6;
    private const double PlainToGzip = 8;
    private const double ChartsToGzip = 0.85;
    private const double SpillToGzip = 1.5;

    public static int Print(CommandRun run, BuildOptions options, bool asJson)
    {
        var source = MimicSource.Discover(options.Source);
        var maps = CodeMaps.Discover(options.Maps, source.Root);
        var gzipped = source.Files.Values.Sum(f => f.IsGzip ? f.Bytes : f.Bytes / PlainToGzip);
        var time = TimeSpan.FromSeconds(gzipped / (GzipBytesPerSecondAndCore * Environment.ProcessorCount));
        var (charts, spill) = ((long)(gzipped * ChartsToGzip), (long)(gzipped * SpillToGzip));
        if (asJson)
        {
            run.WriteJson(ToJson(source, maps, time, charts, spill));
            return ExitCode.Done;
        }

        var table = new PlainTable("Table", ">Size", "File");
        foreach (var type in EventCatalog.Types)
        {
            var module = MimicSource.ModuleName(type.Module);
            var file = source.Find(module, type.Name);
            table.Add($"{module}/{type.Name}", file is null ? "" : MemorySize.Format(file.Bytes), file is null ? "missing" : Path.GetRelativePath(source.Root, file.Path));
        }

        table.Write(run.Out);
        foreach (var (map, files, tasks) in CodeMaps.Known)
            run.Out.WriteLine(maps.Has(map) ? $"Code map {map}: found in {maps.Folder}" : $"Code map {map}: {string.Join(" and ", files)} missing, so the tasks {string.Join(" and ", tasks)} are left out");
        foreach (var warning in source.Warnings)
            run.Out.WriteLine(warning);
        run.Out.WriteLine($"Expected: about {ProgressDisplay.Duration(time)}, {MemorySize.Format(charts)} for the workspace and up to {MemorySize.Format(spill)} more while it is built. Nothing was written.");
        return ExitCode.Done;
    }

    private static JsonObject ToJson(MimicSource source, CodeMaps maps, TimeSpan time, long charts, long spill) => new()
    {
        ["source"] = source.Root,
        ["synthetic"] = source.IsSynthetic,
        ["found"] = new JsonArray([.. source.Files.Select(f => (JsonNode)new JsonObject { ["table"] = f.Key, ["path"] = f.Value.Path, ["bytes"] = f.Value.Bytes })]),
        ["missing"] = new JsonArray([.. EventCatalog.Types.Select(t => $"{MimicSource.ModuleName(t.Module)}/{t.Name}").Where(t => !source.Files.ContainsKey(t)).Select(t => (JsonNode)t)]),
        ["maps"] = maps.Folder,
        ["tasks_without_map"] = new JsonArray([.. maps.TasksWithoutMap.Select(t => (JsonNode)t)]),
        ["warnings"] = new JsonArray([.. source.Warnings.Select(w => (JsonNode)w)]),
        ["expected_seconds"] = Math.Round(time.TotalSeconds, 1),
        ["expected_workspace_bytes"] = charts,
        ["expected_temporary_bytes"] = spill,
        ["cores"] = Environment.ProcessorCount,
    };
}
