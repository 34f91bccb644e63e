using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The release's patients in shards; each patient's file is read when its shard is written.</summary>
internal sealed class ReleaseShards(ReleaseFolder folder, IReadOnlyDictionary<long, SourceFile> files, ReleaseLookups lookups, ReleaseIndex index, IReadOnlyList<ShardPlan> plans, BuildOptions options, StagingPlace place) : IChartShards
{
    private static readonly EventType _discharge = EventCatalog.Get("discharge");

    public IReadOnlyList<ShardPlan> Plans => plans;

    public ReleaseLookups Lookups => lookups;

    public ReleaseIndex Index => index;

    public bool HasIndex => index.Path is not null;

    public bool SkipsBadRows => options.OnBadRow == BadRowRule.Skip;

    public SourceFile FileOf(long subject) => files[subject];

    public IShardWriter OpenWriter(Workspace workspace, long memoryBytes) => new ReleaseShardWriter(new DuckDb(memoryBytes, threads: 1, place.Spill), this, workspace);

    public SourceSummary Summarize(IReadOnlyList<JsonObject> notes)
    {
        var tally = new ReleaseTally();
        foreach (var note in notes)
            tally.Add(note["tables"]!.AsObject());
        var respelt = notes.Sum(n => (long)n["respelt"]!);
        var counts = new JsonObject
        {
            ["has_notes"] = tally.RowsOf(_discharge) > 0,
            ["tables"] = tally.ToJson(),
            ["maps"] = new JsonObject(),
            ["tasks_without_map"] = new JsonArray(),
            ["published_samples"] = HasIndex ? notes.Sum(n => (long)n["samples"]!) : null,
            ["numbers_respelt"] = respelt,
        };
        var warnings = ReleaseSource.Warnings(folder).ToList();
        if (respelt > 0)
            warnings.Add($"{respelt} numbers are shown as the shortest decimal, which is not how the release spells them.");
        return new SourceSummary(Inputs(notes), counts, warnings, [.. lookups.Files.Skipped, .. index.Skipped, .. notes.SelectMany(n => n["skipped"]!.AsArray()).Select(s => (string)s!)]);
    }

    // One patient has one file: all of them are one entry, whose hash is over theirs.
    private JsonObject Inputs(IReadOnlyList<JsonObject> notes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in notes.SelectMany(n => n["sources"]!.AsArray()))
            hash.AppendData(Convert.FromHexString((string)source!));
        var inputs = new JsonObject
        {
            [ReleaseFolder.PatientsName] = new JsonObject { ["files"] = files.Count, ["bytes"] = files.Values.Sum(f => f.Bytes), ["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset()) },
        };
        foreach (var (file, sha256) in index.Hashes.Concat(lookups.Files.Hashes))
            inputs[Path.GetRelativePath(folder.Root, file.Path).Replace('\\', '/')] = new JsonObject { ["bytes"] = file.Bytes, ["sha256"] = sha256 };
        return inputs;
    }
}
