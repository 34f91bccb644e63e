using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>MIMIC-IV's files as a source of charts: each table is read once into columns in subject order.</summary>
internal sealed class MimicChartSource(MimicSource files, CodeMaps maps) : IChartSource
{
    public string Kind => "a MIMIC-IV folder";

    public string Root => files.Root;

    public string? Maps => maps.Folder;

    public bool IsSynthetic => files.IsSynthetic;

    public IEnumerable<SourceFile> Files => files.Files.Values.Concat(maps.Files.Values);

    /// <summary>Looks at the folder and its code maps.</summary>
    /// <exception cref="EhrR1Exception">A folder or a required table is missing.</exception>
    public static MimicChartSource Open(BuildOptions options)
    {
        var source = MimicSource.Discover(options.Source);
        return new MimicChartSource(source, CodeMaps.Discover(options.Maps, source.Root));
    }

    public BuildPlan Plan(BuildOptions options)
    {
        var tables = new List<SourceFile>();
        var missing = new List<string>();
        foreach (var table in MimicTables.All)
        {
            if (FileOf(table) is not { } file)
            {
                missing.Add(table.Type.Name);
                continue;
            }

            _ = CsvScan.For(file, table.SourceColumns());
            tables.Add(file);
        }

        return BuildPlan.Estimate(this, options, tables, tables.Sum(RowEstimate.Of), missing, [.. CodeMaps.Known.Where(k => maps.Has(k.Map)).Select(k => k.Map)], maps.TasksWithoutMap, files.Warnings);
    }

    public IChartShards Read(BuildOptions options, StagingPlace place, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var (tables, lookups) = Stage(options, place, progress, cancellationToken);
        return new MimicShards(files, maps, tables, lookups, PlanShards(options, place, tables), options, place);
    }

    private SourceFile? FileOf(MimicTable table) => files.Find(MimicSource.ModuleName(table.Type.Module), table.Type.Name);

    private (List<StagedTable> Tables, LookupFiles Lookups) Stage(BuildOptions options, StagingPlace place, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var wanted = MimicTables.All
            .Select(t => (Table: t, File: FileOf(t)))
            .Where(t => t.File is not null)
            .OrderBy(t => t.Table.Type.Rank == 0 ? 0 : 1)
            .ThenByDescending(t => t.File!.Bytes)
            .ToList();
        using var database = new DuckDb(options.MemoryBytes * 3 / 4, options.Threads, place.Spill);
        WantedSubjects.Load(database, files, options);
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

            staged[i] = new TableStager(own, options, place.Tables).Stage(table, file, Advance, cancellationToken);
            Advance(1);
        }

        // The patients come first: they decide which rows of the other tables belong to someone.
        Stage(0);
        var lookups = new LookupFiles(options.OnBadRow);
        LookupTables.LoadAll(database, files, maps, lookups, Math.Min(options.Threads, 4), cancellationToken);
        ParallelWork.For(wanted.Count - 1, Math.Min(options.Threads, 4), i => Stage(i + 1), cancellationToken);
        return ([.. staged.OrderBy(t => t.Table.Type.Rank)], lookups);
    }

    private IReadOnlyList<ShardPlan> PlanShards(BuildOptions options, StagingPlace place, List<StagedTable> tables)
    {
        using var database = new DuckDb(options.MemoryBytes / 2, options.Threads, place.Spill);
        var counts = tables.Select(t => $"SELECT subject_id, count(*) AS n FROM read_parquet({SqlText.Literal(t.Path)}) GROUP BY subject_id");
        var patients = new List<(long, long)>();
        database.Read(
            $"SELECT p.subject_id, coalesce(sum(n), 0)::BIGINT FROM read_parquet({SqlText.Literal(tables[0].Path)}) p JOIN ({string.Join(" UNION ALL ", counts)}) c USING (subject_id) GROUP BY p.subject_id ORDER BY p.subject_id",
            row => patients.Add((row.GetInt64(0), row.GetInt64(1))));
        if (patients.Count == 0)
            throw new EhrR1Exception("The source has no patients to build", files.Files["hosp/patients"].Path, "Check the table, or the subjects asked for");
        return ShardPlan.Cut(patients, options.RowsPerShard);
    }
}
