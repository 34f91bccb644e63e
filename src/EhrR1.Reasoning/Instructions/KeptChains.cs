using System.Text;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Where the kept chains of each shard stand in a file of checked chains.</summary>
/// <remarks>The file is in the order of the shards; memory holds a place a shard. Safe for any number of threads.</remarks>
internal sealed class KeptChains
{
    private readonly string _path;
    private readonly (long Start, long End)[] _places;

    private KeptChains(string path, (long Start, long End)[] places, long count)
    {
        _path = path;
        _places = places;
        Count = count;
    }

    /// <summary>How many chains are kept.</summary>
    public long Count { get; }

    /// <summary>Goes through a file once.</summary>
    /// <exception cref="EhrR1Exception">A line is no checked chain, or they are not in the order of the charts.</exception>
    public static KeptChains Find(string path, ChartStore charts, CancellationToken cancellationToken)
    {
        var shardOf = charts.Subjects.ToDictionary(s => s.SubjectId, s => s.Shard);
        var places = new (long Start, long End)[charts.ShardCount];
        int last = 0;
        long count = 0;
        foreach (var line in PlacedLines.Read(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (KeptChain.SampleOf(line.Text.Span, path) is not { } sample)
                continue;
            if (ChainBatches.SubjectOf(sample) is not { } subject || !shardOf.TryGetValue(subject, out int shard) || shard < last)
                throw new EhrR1Exception("The chains are not in the order of the workspace's charts", $"{path}, {sample}", "Run the command again in a new folder");
            last = shard;
            places[shard] = (places[shard].End == 0 ? line.Start : places[shard].Start, line.Start + line.Text.Length + 1);
            count++;
        }

        return new KeptChains(path, places, count);
    }

    /// <summary>The kept chains of a shard in their order, one in memory at a time.</summary>
    public IEnumerable<KeptChain> Read(int shard)
    {
        var (start, end) = _places[shard];
        foreach (var line in PlacedLines.Read(_path, start, end))
        {
            if (KeptChain.SampleOf(line.Text.Span, _path) is not null)
                yield return KeptChain.Read(Encoding.UTF8.GetString(line.Text.Span), _path);
        }
    }
}
