using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Cli;

/// <summary>Prints what a build would do: the files found and missing, and about how long and how much disk it would take.</summary>
internal static class DryRun
{
    public static int Print(CommandRun run, BuildOptions options, bool asJson)
    {
        var plan = BuildPlan.Make(options);
        if (asJson)
        {
            run.WriteJson(ToJson(plan));
            return ExitCode.Done;
        }

        run.Out.WriteLine($"Source: {plan.Kind}");
        var table = new PlainTable("Table", ">Size", "File");
        foreach (var file in plan.Tables)
            table.Add(FullName(file.Table), MemorySize.Format(file.Bytes), Path.GetRelativePath(plan.Source, file.Path));
        foreach (var name in plan.Missing)
            table.Add(FullName(name), "", "missing");
        table.Write(run.Out);
        foreach (var (map, files, tasks) in CodeMaps.Known.Where(_ => plan.Maps.Count + plan.TasksLeftOut.Count > 0))
            run.Out.WriteLine(plan.Maps.Contains(map, StringComparer.Ordinal) ? $"Code map {map}: found" : $"Code map {map}: {string.Join(" and ", files)} missing, so the tasks {string.Join(" and ", tasks)} are left out");
        foreach (var warning in plan.Warnings)
            run.Out.WriteLine(warning);
        run.Out.WriteLine($"Expected: about {plan.ExpectedRows:N0} rows, {ProgressDisplay.Duration(plan.ExpectedTime)}, {MemorySize.Format(plan.ExpectedDisk)} of disk at the peak ({MemorySize.Format(plan.FreeDisk)} are free). Nothing was written.");
        return ExitCode.Done;
    }

    // The release's files are not of one event type each.
    private static string FullName(string table) => EventCatalog.TryGet(table, out var type) ? $"{MimicSource.ModuleName(type!.Module)}/{table}" : table;

    private static JsonObject ToJson(BuildPlan plan) => new()
    {
        ["kind"] = plan.Kind,
        ["source"] = plan.Source,
        ["found"] = new JsonArray([.. plan.Tables.Select(f => (JsonNode)new JsonObject { ["table"] = f.Table, ["path"] = f.Path, ["bytes"] = f.Bytes })]),
        ["missing"] = Names(plan.Missing),
        ["maps"] = Names(plan.Maps),
        ["tasks_without_map"] = Names(plan.TasksLeftOut),
        ["warnings"] = Names(plan.Warnings),
        ["expected_rows"] = plan.ExpectedRows,
        ["expected_seconds"] = Math.Round(plan.ExpectedTime.TotalSeconds, 1),
        ["expected_disk_bytes"] = plan.ExpectedDisk,
        ["free_disk_bytes"] = plan.FreeDisk,
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);
}
