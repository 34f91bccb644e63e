using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What a build would do, without doing it: what was found, what is missing, how long and how much disk it may take.</summary>
/// <param name="Kind">The kind of record, in words for the user.</param>
/// <param name="Source">The source folder.</param>
/// <param name="Tables">The event types' files that would be read.</param>
/// <param name="Missing">The event types that the source has no file for.</param>
/// <param name="Maps">The code maps found, by name, and the folder they are in.</param>
/// <param name="TasksLeftOut">The tasks that would have no labels, for want of a table or a map.</param>
/// <param name="SourceBytes">The size of the files to read, in bytes.</param>
/// <param name="ExpectedRows">About how many rows they hold.</param>
/// <param name="ExpectedTime">About how long the build takes on this many threads.</param>
/// <param name="ExpectedDisk">About how many bytes it needs at its peak; about a third of them stay.</param>
/// <param name="FreeDisk">How many bytes are free where the workspace would be.</param>
/// <param name="Warnings">What the user should know of the source.</param>
public sealed record BuildPlan(
    string Kind,
    string Source,
    IReadOnlyList<SourceFile> Tables,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Maps,
    IReadOnlyList<string> TasksLeftOut,
    long SourceBytes,
    long ExpectedRows,
    TimeSpan ExpectedTime,
    long ExpectedDisk,
    long FreeDisk,
    IReadOnlyList<string> Warnings)
{
    // What two cores of a small cloud machine did (benchmarks/results/ingest.md), with room to spare.
    private const double RowsPerSecondAndThread = 120_000;
    private const double SecondsAtLeast = 2;

    // Peak: the staged tables and the charts stand side by side.
    private const double DiskPerGzipByte = 3;
    private const double DiskPerCsvByte = 0.35;

    /// <summary>Looks at a source and plans its build.</summary>
    /// <exception cref="EhrR1Exception">The source cannot be built at all: a folder or a required table is missing.</exception>
    public static BuildPlan Make(BuildOptions options)
    {
        return ChartSources.Open(options).Plan(options);
    }

    /// <summary>A plan with time and disk estimated from the rows and sizes of the files to read.</summary>
    internal static BuildPlan Estimate(IChartSource source, BuildOptions options, IReadOnlyList<SourceFile> tables, long rows, IReadOnlyList<string> missing, IReadOnlyList<string> maps, IReadOnlyList<string> tasksLeftOut, IReadOnlyList<string> warnings)
    {
        var disk = (long)tables.Sum(t => t.Bytes * (t.IsGzip ? DiskPerGzipByte : DiskPerCsvByte));
        return new BuildPlan(
            source.Kind,
            source.Root,
            tables,
            missing,
            maps,
            tasksLeftOut,
            tables.Sum(t => t.Bytes),
            rows,
            TimeSpan.FromSeconds(SecondsAtLeast + (rows / RowsPerSecondAndThread / Math.Max(1, options.Threads))),
            disk,
            FreeSpace(options.Workspace),
            warnings);
    }

    private static long FreeSpace(string folder)
    {
        var place = Path.GetFullPath(folder);
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
            place = parent;
        return new DriveInfo(place).AvailableFreeSpace;
    }
}
