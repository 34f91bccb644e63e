using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The paper's own release as a source of charts: events are taken as they stand, neither put in order nor grouped again.</summary>
internal sealed class ReleaseSource(ReleaseFolder folder) : IChartSource
{
    // A patient's file is JSON under snappy: some thirty bytes a row.
    private const int BytesPerRow = 32;

    public string Kind => "the paper's own release (EHR-R1)";

    public string Root => folder.Root;

    public string? Maps => null;

    public bool IsSynthetic => false;

    public IEnumerable<SourceFile> Files => folder.Patients.Select(p => p.File).Concat(folder.Indexes).Concat(folder.Dictionaries.Values);

    /// <summary>Looks at the release's folder.</summary>
    /// <param name="options">What to build from, and how.</param>
    /// <param name="patients">The folder of patients in it.</param>
    /// <exception cref="EhrR1Exception">The folder holds no patients, or the options ask for what the release cannot give.</exception>
    public static ReleaseSource Open(BuildOptions options, string patients)
    {
        if (options.Profile == ChartProfile.Strict)
            throw new EhrR1Exception("The paper's release cannot be built in the strict profile: it does not say when results were known", patients, "Leave --profile out, or build from MIMIC-IV's own files");
        if (options.Maps is { } maps)
            throw new EhrR1Exception("The paper's release brings its own code maps", maps, "Leave --maps out");
        return new ReleaseSource(ReleaseFolder.Discover(options.Source, patients));
    }

    public BuildPlan Plan(BuildOptions options)
    {
        foreach (var index in folder.Indexes)
            _ = CsvScan.For(index, ReleaseIndex.SourceColumns);
        var patients = new SourceFile(ReleaseFolder.PatientsName, Path.GetDirectoryName(folder.Patients[0].File.Path)!, folder.Patients.Sum(p => p.File.Bytes));
        var missing = ReleaseLookup.All.Where(l => folder.FindDictionary(l.Module, l.File) is null).Select(l => l.File).Distinct(StringComparer.Ordinal);
        var plan = BuildPlan.Estimate(this, options, [patients, .. folder.Indexes], patients.Bytes / BytesPerRow, [.. missing], [], [], Warnings(folder));
        return plan with { ExpectedDisk = patients.Bytes * 2 };
    }

    public IChartShards Read(BuildOptions options, StagingPlace place, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var wanted = Wanted(options);
        using var database = new DuckDb(options.MemoryBytes * 3 / 4, options.Threads, place.Spill);
        var lookups = ReleaseLookups.Load(database, folder, place, new LookupFiles(options.OnBadRow));
        var index = ReleaseIndex.Stage(database, folder, place, options.OnBadRow, cancellationToken);
        var plans = ShardPlan.Cut(wanted.Select(p => (p.SubjectId, Math.Max(1, p.File.Bytes / BytesPerRow))), options.RowsPerShard);
        return new ReleaseShards(folder, wanted.ToDictionary(p => p.SubjectId, p => p.File), lookups, index, plans, options, place);
    }

    /// <summary>What the user should know of a release's folder.</summary>
    public static IReadOnlyList<string> Warnings(ReleaseFolder folder)
    {
        var warnings = new List<string>();
        if (folder.Indexes.Count == 0)
            warnings.Add("The release's folder has no index files (ehr_bench, ehr_ins): the task index is computed by this program's own rules, not the published one.");
        foreach (var lookup in ReleaseLookup.All.Where(l => folder.FindDictionary(l.Module, l.File) is null))
            warnings.Add($"The release's folder has no dictionary '{lookup.Module}/{lookup.File}': '{lookup.Field}' of {lookup.Type.Name} is known only where the items themselves hold it.");
        return warnings;
    }

    private List<(long SubjectId, SourceFile File)> Wanted(BuildOptions options)
    {
        var asked = options.Subjects?.ToHashSet();
        var wanted = folder.Patients.Where(p => asked?.Contains(p.SubjectId) != false).Take(options.LimitPatients ?? int.MaxValue).ToList();
        return wanted.Count > 0 || asked is null
            ? wanted
            : throw new EhrR1Exception($"None of the {asked.Count} subjects asked for is in the source", folder.Root, "Check the file of subject ids");
    }
}
