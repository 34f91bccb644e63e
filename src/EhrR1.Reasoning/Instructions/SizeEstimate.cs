using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>About how large a data set gets: some of its cases are made and written to a file that is deleted again.</summary>
internal static class SizeEstimate
{
    private const int Shards = 4;
    private const int CasesPerShard = 100;

    /// <summary>The bytes that a case takes on disk.</summary>
    /// <param name="shardCount">The number of shards.</param>
    /// <param name="path">A file to write.</param>
    /// <param name="cases">Makes the cases of shards, of each so many at most.</param>
    /// <param name="write">Writes cases to a file.</param>
    public static double BytesPerCase(int shardCount, string path, Func<IEnumerable<int>, int, IEnumerable<InstructionCase?>> cases, Action<string, IEnumerable<InstructionCase>> write)
    {
        var written = 0L;
        try
        {
            // Spread over all: neighbours may be alike.
            var shards = Enumerable.Range(0, Math.Min(Shards, shardCount)).Select(i => (int)((long)i * shardCount / Math.Min(Shards, shardCount)));
            write(path, cases(shards, CasesPerShard).OfType<InstructionCase>().Select(Counted));
            return written == 0 ? 0 : (double)new FileInfo(path).Length / written;
        }
        finally
        {
            File.Delete(path);
        }

        InstructionCase Counted(InstructionCase one)
        {
            written++;
            return one;
        }
    }

    /// <summary>Holds what is needed against what is free.</summary>
    /// <exception cref="EhrR1Exception">The disk has less.</exception>
    public static void Check(string folder, double needed, long free)
    {
        // One in ten more, as cases differ.
        var bytes = (long)Math.Ceiling(needed * 1.1);
        if (bytes > free)
            throw new EhrR1Exception($"The data set needs about {InGigabytes(bytes)}, but the disk has {InGigabytes(free)} free", folder, "Free disk space, choose another disk, or ask for fewer cases with --per-task or shorter ones with --max-tokens");
    }

    private static string InGigabytes(long bytes) => bytes >= 100_000_000 ? FormattableString.Invariant($"{bytes / 1e9:0.0} GB") : FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}
