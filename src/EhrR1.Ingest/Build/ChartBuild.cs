using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Builds the charts of a workspace from a MIMIC-IV source.</summary>
/// <remarks>
/// Two steps: each table is read once into columns in subject order, then runs of patients are put in chart order and written.
/// Both leave finished files behind, so that a build that was killed goes on where it stopped, to the same bytes.
/// </remarks>
public sealed class ChartBuild
{
    /// <summary>The stage's name in the manifest.</summary>
    public const string StageName = "charts";

    private readonly BuildOptions _options;
    private readonly MimicSource _source;
    private readonly CodeMaps _maps;

    private ChartBuild(BuildOptions options, MimicSource source, CodeMaps maps)
    {
        _options = options;
        _source = source;
        _maps = maps;
    }

    /// <summary>Builds the charts, or finds them up to date.</summary>
    /// <param name="workspace">The workspace, open for writing.</param>
    /// <param name="options">What to build from, and how.</param>
    /// <param name="progress">Receives how far the build is, from any thread.</param>
    /// <param name="cancellationToken">Stops the build; what is finished stays for the next attempt.</param>
    /// <exception cref="EhrR1Exception">The source, the disk or a setting is at fault.</exception>
    public static async Task<BuildResult> RunAsync(Workspace workspace, BuildOptions options, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.MemoryBytes < 512L << 20)
            throw new EhrR1Exception("The memory limit is below 512 MiB", null, "Give at least --memory 512MiB");
        var source = MimicSource.Discover(options.Source);
        var maps = CodeMaps.Discover(options.Maps, source.Root);
        var build = new ChartBuild(options, source, maps);
        var fingerprint = build.Fingerprint();
        if (workspace.Stage(StageName) is { } record && record.Fingerprint == fingerprint && record.Outputs.All(o => IsThere(workspace, o)))
        {
            // A build that was killed after its last word may have left its staging folder.
            new StagingFolder(workspace, fingerprint).Delete();
            return Result(record, wasUpToDate: true, []);
        }

        try
        {
            return await Task.Run(() => build.Run(workspace, fingerprint, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The workspace cannot be written: {e.Message}", workspace.Folder, "Free disk space, or mend what stands in the way, and run the same command again: it resumes", e);
        }
    }

    private BuildResult Run(Workspace workspace, string fingerprint, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var staging = new StagingFolder(workspace, fingerprint);
        staging.Prepare();
        var (tables, lookups) = StageTables(staging, progress, cancellationToken);
        var shards = PlanShards(staging, tables);

        // Only now do the charts of an earlier build, and what was made from them, give way; the files first, so that none stand under another profile's name.
        if (!staging.ShardsBegun)
            staging.BeginShards();
        workspace.Save(workspace.Manifest with { Profile = ChartProfileNames.NameOf(_options.Profile), Seed = _options.Seed, Synthetic = _source.IsSynthetic, Stages = new(StringComparer.Ordinal) });

        var notes = WriteShards(workspace, staging, tables, shards, progress, cancellationToken);
        var subjects = workspace.PathOf(ChartSchema.Folder, ChartSchema.SubjectsFile);
        var outputs = SubjectsFile.Write(workspace, subjects, notes);
        var record = Describe(fingerprint, tables, lookups, outputs, notes);
        workspace.Record(StageName, record);
        staging.Delete();
        return Result(record, wasUpToDate: false, [.. lookups.Skipped, .. tables.SelectMany(t => t.Skipped)]);
    }

    private (List<StagedTable> Tables, LookupFiles Lookups) StageTables(StagingFolder staging, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var wanted = MimicTables.All
            .Select(t => (Table: t, File: _source.Find(MimicSource.ModuleName(t.Type.Module), t.Type.Name)))
            .Where(t => t.File is not null)
            .OrderBy(t => t.Table.Type.Rank == 0 ? 0 : 1)
            .ThenByDescending(t => t.File!.Bytes)
            .ToList();
        using var database = new DuckDb(_options.MemoryBytes * 3 / 4, _options.Threads, staging.SpillFolder);
        WantedSubjects.Load(database, _source, _options);
        var total = wanted.Sum(t => t.File!.Bytes);
        long done = 0;
        var staged = new StagedTable[wanted.Count];
        void Stage(int i)
        {
            using var own = database.Duplicate();
            var (table, file) = (wanted[i].Table, wanted[i].File!);
            long counted = 0;
            void Advance(double share)
            {
                var bytes = (long)(share * file.Bytes);
                var step = bytes - Interlocked.Exchange(ref counted, bytes);
                progress?.Report(new BuildProgress("reading", Interlocked.Add(ref done, step), total, table.Type.Name));
            }

            staged[i] = new TableStager(own, _options, staging.TablesFolder).Stage(table, file, Advance, cancellationToken);
            Advance(1);
        }

        // The patients come first: they decide which rows of the other tables belong to someone.
        Stage(0);
        var lookups = new LookupFiles(_options.OnBadRow);
        LookupTables.LoadAll(database, _source, _maps, lookups, Math.Min(_options.Threads, 4), cancellationToken);
        ParallelWork.For(wanted.Count - 1, Math.Min(_options.Threads, 4), i => Stage(i + 1), cancellationToken);
        return ([.. staged.OrderBy(t => t.Table.Type.Rank)], lookups);
    }

    private IReadOnlyList<ShardPlan> PlanShards(StagingFolder staging, List<StagedTable> tables)
    {
        using var database = new DuckDb(_options.MemoryBytes / 2, _options.Threads, staging.SpillFolder);
        var counts = tables.Select(t => $"SELECT subject_id, count(*) AS n FROM read_parquet({SqlText.Literal(t.Path)}) GROUP BY subject_id");
        var patients = new List<(long, long)>();
        database.Read(
            $"SELECT p.subject_id, coalesce(sum(n), 0)::BIGINT FROM read_parquet({SqlText.Literal(tables[0].Path)}) p JOIN ({string.Join(" UNION ALL ", counts)}) c USING (subject_id) GROUP BY p.subject_id ORDER BY p.subject_id",
            row => patients.Add((row.GetInt64(0), row.GetInt64(1))));
        if (patients.Count == 0)
            throw new EhrR1Exception("The source has no patients to build", _source.Files["hosp/patients"].Path, "Check the table, or the subjects asked for");
        return ShardPlan.Cut(patients, _options.RowsPerShard);
    }

    private List<JsonObject> WriteShards(Workspace workspace, StagingFolder staging, List<StagedTable> tables, IReadOnlyList<ShardPlan> shards, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var workers = Math.Max(1, Math.Min(_options.Threads, shards.Count));
        var total = shards.Sum(s => s.Rows);
        long done = 0;
        var next = -1;
        var notes = new JsonObject[shards.Count];
        ParallelWork.For(workers, workers, _ =>
        {
            using var database = new DuckDb(_options.MemoryBytes / 2 / workers, threads: 1, staging.SpillFolder);
            var writer = new ShardWriter(database, tables, _options.Profile, workspace);
            for (var i = Interlocked.Increment(ref next); i < shards.Count; i = Interlocked.Increment(ref next))
            {
                notes[i] = staging.FindShard(i) ?? staging.KeepShard(i, writer.Write(shards[i], cancellationToken));
                progress?.Report(new BuildProgress("ordering", Interlocked.Add(ref done, shards[i].Rows), total, $"shard {i + 1} of {shards.Count}"));
            }
        }, cancellationToken);
        return [.. notes];
    }

    private StageRecord Describe(string fingerprint, List<StagedTable> tables, LookupFiles lookups, IReadOnlyList<OutputFile> outputs, List<JsonObject> notes)
    {
        var inputs = new JsonObject();
        foreach (var table in tables)
        {
            var file = _source.Find(MimicSource.ModuleName(table.Table.Type.Module), table.Table.Type.Name)!;
            inputs[Path.GetRelativePath(_source.Root, file.Path).Replace('\\', '/')] = new JsonObject { ["bytes"] = file.Bytes, ["sha256"] = table.Sha256 };
        }

        foreach (var (file, hash) in lookups.Hashes)
        {
            var name = _maps.Files.Values.Contains(file) ? "maps/" + Path.GetFileName(file.Path) : Path.GetRelativePath(_source.Root, file.Path).Replace('\\', '/');
            inputs[name] = new JsonObject { ["bytes"] = file.Bytes, ["sha256"] = hash };
        }

        var subjects = notes.SelectMany(n => n["subjects"]!.AsArray()).ToList();
        var counts = new JsonObject
        {
            ["patients"] = (long)subjects.Count,
            ["events"] = subjects.Sum(s => (long)s![1]!),
            ["items"] = subjects.Sum(s => (long)s![2]!),
            ["shards"] = notes.Count,
            ["has_notes"] = tables.Any(t => t.Table.Type.Name == "discharge" && t.Counts.RowsOut > 0),
            ["tables"] = new JsonObject(tables.Select(t => KeyValuePair.Create(t.Table.Type.Name, (JsonNode?)t.Counts.ToJson()))),
            ["maps"] = MapCoverage.Of(tables, _maps),
            ["tasks_without_map"] = new JsonArray([.. _maps.TasksWithoutMap.Select(t => (JsonNode)t)]),
        };
        var warnings = _source.Warnings.ToList();
        foreach (var (map, _, tasks) in CodeMaps.Known)
        {
            if (!_maps.Has(map))
                warnings.Add($"There is no {map} map: the tasks {string.Join(" and ", tasks)} are left out.");
        }

        if (lookups.Skipped.Count > 0)
            warnings.Add($"{lookups.Skipped.Count} rows of dictionaries and maps do not fit and are left out.");
        return new StageRecord { Fingerprint = fingerprint, Settings = Settings(), Inputs = inputs, Counts = counts, Warnings = warnings, Outputs = outputs };
    }

    private JsonObject Settings() => new()
    {
        ["source"] = _source.Root,
        ["maps"] = _maps.Folder,
        ["profile"] = ChartProfileNames.NameOf(_options.Profile),
        ["seed"] = _options.Seed,
        ["subjects"] = _options.Subjects is null ? null : new JsonArray([.. _options.Subjects.Order().Select(s => (JsonNode)s)]),
        ["limit_patients"] = _options.LimitPatients,
        ["on_bad_row"] = _options.OnBadRow == BadRowRule.Skip ? "skip" : "fail",
        ["rows_per_shard"] = _options.RowsPerShard,
    };

    private string Fingerprint()
    {
        var inputs = _source.Files.Values.Concat(_maps.Files.Values).Select(f => $"{f.Path}|{f.Bytes}|{File.GetLastWriteTimeUtc(f.Path).Ticks}");
        return FileHash.OfText($"{Workspace.ProgramVersion}\n{Settings().ToJsonString()}\n{string.Join('\n', inputs)}");
    }

    private static bool IsThere(Workspace workspace, OutputFile output)
        => new FileInfo(workspace.PathOf(output.Path)) is { Exists: true } file && file.Length == output.Bytes;

    private static BuildResult Result(StageRecord record, bool wasUpToDate, IReadOnlyList<string> skipped)
        => new(record, wasUpToDate, (int)(long)record.Counts["patients"]!, (long)record.Counts["events"]!, (long)record.Counts["items"]!, skipped);
}
