using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>MIMIC-IV's tables, staged: runs of patients are put in chart order out of them.</summary>
internal sealed class MimicShards(MimicSource files, CodeMaps maps, IReadOnlyList<StagedTable> tables, LookupFiles lookups, IReadOnlyList<ShardPlan> plans, BuildOptions options, StagingPlace place) : IChartShards
{
    public IReadOnlyList<ShardPlan> Plans => plans;

    public IShardWriter OpenWriter(Workspace workspace, long memoryBytes)
        => new ShardWriter(new DuckDb(memoryBytes, threads: 1, place.Spill), tables, options.Profile, workspace);

    public SourceSummary Summarize(IReadOnlyList<JsonObject> notes) => new(Inputs(), Counts(), Warnings(), [.. lookups.Skipped, .. tables.SelectMany(t => t.Skipped)]);

    private JsonObject Inputs()
    {
        var inputs = new JsonObject();
        foreach (var table in tables)
        {
            var file = files.Find(MimicSource.ModuleName(table.Table.Type.Module), table.Table.Type.Name)!;
            inputs[Relative(file)] = new JsonObject { ["bytes"] = file.Bytes, ["sha256"] = table.Sha256 };
        }

        foreach (var (file, hash) in lookups.Hashes)
            inputs[maps.Files.Values.Contains(file) ? "maps/" + Path.GetFileName(file.Path) : Relative(file)] = new JsonObject { ["bytes"] = file.Bytes, ["sha256"] = hash };
        return inputs;
    }

    private string Relative(SourceFile file) => Path.GetRelativePath(files.Root, file.Path).Replace('\\', '/');

    private JsonObject Counts() => new()
    {
        ["has_notes"] = tables.Any(t => t.Table.Type.Name == "discharge" && t.Counts.RowsOut > 0),
        ["tables"] = new JsonObject(tables.Select(t => KeyValuePair.Create(t.Table.Type.Name, (JsonNode?)t.Counts.ToJson()))),
        ["maps"] = MapCoverage.Of(tables, maps),
        ["tasks_without_map"] = new JsonArray([.. maps.TasksWithoutMap.Select(t => (JsonNode)t)]),
    };

    private List<string> Warnings()
    {
        var warnings = files.Warnings.ToList();
        foreach (var (map, _, tasks) in CodeMaps.Known)
        {
            if (!maps.Has(map))
                warnings.Add($"There is no {map} map: the tasks {string.Join(" and ", tasks)} are left out.");
        }

        if (lookups.Skipped.Count > 0)
            warnings.Add($"{lookups.Skipped.Count} rows of dictionaries and maps do not fit and are left out.");
        return warnings;
    }
}
