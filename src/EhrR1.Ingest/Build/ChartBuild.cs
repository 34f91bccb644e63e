using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Builds the charts of a workspace from a source.</summary>
/// <remarks>
/// Two steps: the source is read as far as its kind needs (MIMIC-IV: each table once, into columns in subject order), then runs of patients are
/// put in chart order and written. Both leave finished files behind, so that a build that was killed goes on where it stopped, to the same bytes.
/// </remarks>
public sealed class ChartBuild
{
    /// <summary>The stage's name in the manifest.</summary>
    public const string StageName = "charts";

    private readonly BuildOptions _options;
    private readonly IChartSource _source;

    private ChartBuild(BuildOptions options, IChartSource source)
    {
        _options = options;
        _source = source;
    }

    /// <summary>Builds the charts, or finds them up to date.</summary>
    /// <param name="workspace">The workspace, open for writing.</param>
    /// <param name="options">What to build from, and how.</param>
    /// <param name="progress">Receives how far the build is, from any thread.</param>
    /// <param name="cancellationToken">Stops the build; what is finished stays for the next attempt.</param>
    /// <exception cref="EhrR1Exception">The source, the disk or a setting is at fault.</exception>
    public static Task<BuildResult> RunAsync(Workspace workspace, BuildOptions options, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
        => RunAsync(workspace, options, ChartSources.Open, progress, cancellationToken);

    /// <summary>Builds the charts from a source of any kind, or finds them up to date.</summary>
    /// <param name="workspace">The workspace, open for writing.</param>
    /// <param name="options">How to build.</param>
    /// <param name="source">Opens the source.</param>
    /// <param name="progress">Receives how far the build is, from any thread.</param>
    /// <param name="cancellationToken">Stops the build; what is finished stays for the next attempt.</param>
    /// <exception cref="EhrR1Exception">The source, the disk or a setting is at fault.</exception>
    public static async Task<BuildResult> RunAsync(Workspace workspace, BuildOptions options, Func<BuildOptions, IChartSource> source, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.MemoryBytes < 512L << 20)
            throw new EhrR1Exception("The memory limit is below 512 MiB", null, "Give at least --memory 512MiB");
        var build = new ChartBuild(options, source(options));
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
        var shards = _source.Read(_options, staging.Place, progress, cancellationToken);

        // Only now do the charts of an earlier build, and what was made from them, give way; the files first, so that none stand under another profile's name.
        if (!staging.ShardsBegun)
            staging.BeginShards();
        workspace.Save(workspace.Manifest with { Profile = ChartProfileNames.NameOf(_options.Profile), Seed = _options.Seed, Synthetic = _source.IsSynthetic, Stages = new(StringComparer.Ordinal) });

        var notes = WriteShards(workspace, staging, shards, progress, cancellationToken);
        var subjects = workspace.PathOf(ChartSchema.Folder, ChartSchema.SubjectsFile);
        var outputs = SubjectsFile.Write(workspace, subjects, notes);
        var summary = shards.Summarize(notes);
        var record = Describe(fingerprint, summary, outputs, notes);
        workspace.Record(StageName, record);
        staging.Delete();
        return Result(record, wasUpToDate: false, summary.Skipped);
    }

    private List<JsonObject> WriteShards(Workspace workspace, StagingFolder staging, IChartShards shards, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var plans = shards.Plans;
        var workers = Math.Max(1, Math.Min(_options.Threads, plans.Count));
        var total = plans.Sum(s => s.Rows);
        long done = 0;
        var next = -1;
        var notes = new JsonObject[plans.Count];
        ParallelWork.For(workers, workers, _ =>
        {
            using var writer = shards.OpenWriter(workspace, _options.MemoryBytes / 2 / workers);
            for (var i = Interlocked.Increment(ref next); i < plans.Count; i = Interlocked.Increment(ref next))
            {
                notes[i] = staging.FindShard(i) ?? staging.KeepShard(i, writer.Write(plans[i], cancellationToken));
                progress?.Report(new BuildProgress("ordering", Interlocked.Add(ref done, plans[i].Rows), total, $"shard {i + 1} of {plans.Count}"));
            }
        }, cancellationToken);
        return [.. notes];
    }

    private StageRecord Describe(string fingerprint, SourceSummary summary, IReadOnlyList<OutputFile> outputs, List<JsonObject> notes)
    {
        var subjects = notes.SelectMany(n => n["subjects"]!.AsArray()).ToList();
        var counts = new JsonObject
        {
            ["patients"] = (long)subjects.Count,
            ["events"] = subjects.Sum(s => (long)s![1]!),
            ["items"] = subjects.Sum(s => (long)s![2]!),
            ["shards"] = notes.Count,
        };
        foreach (var (name, value) in summary.Counts)
            counts[name] = value?.DeepClone();
        return new StageRecord { Fingerprint = fingerprint, Settings = Settings(), Inputs = summary.Inputs, Counts = counts, Warnings = summary.Warnings, Outputs = outputs };
    }

    private JsonObject Settings() => new()
    {
        ["source"] = _source.Root,
        ["maps"] = _source.Maps,
        ["profile"] = ChartProfileNames.NameOf(_options.Profile),
        ["seed"] = _options.Seed,
        ["subjects"] = _options.Subjects is null ? null : new JsonArray([.. _options.Subjects.Order().Select(s => (JsonNode)s)]),
        ["limit_patients"] = _options.LimitPatients,
        ["on_bad_row"] = _options.OnBadRow == BadRowRule.Skip ? "skip" : "fail",
        ["rows_per_shard"] = _options.RowsPerShard,
    };

    private string Fingerprint()
    {
        var inputs = _source.Files.Select(f => $"{f.Path}|{f.Bytes}|{File.GetLastWriteTimeUtc(f.Path).Ticks}");
        return FileHash.OfText($"{Workspace.ProgramVersion}\n{Settings().ToJsonString()}\n{string.Join('\n', inputs)}");
    }

    private static bool IsThere(Workspace workspace, OutputFile output)
        => new FileInfo(workspace.PathOf(output.Path)) is { Exists: true } file && file.Length == output.Bytes;

    private static BuildResult Result(StageRecord record, bool wasUpToDate, IReadOnlyList<string> skipped)
        => new(record, wasUpToDate, (int)(long)record.Counts["patients"]!, (long)record.Counts["events"]!, (long)record.Counts["items"]!, skipped);
}
