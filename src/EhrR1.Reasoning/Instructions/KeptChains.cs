using System.Text;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Where the chains of each shard that pass stand in a file of checked chains.</summary>
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

    /// <summary>How many samples have a chain that passes.</summary>
    public long Count { get; }

    /// <summary>Goes through a file once.</summary>
    /// <exception cref="EhrR1Exception">A line is no checked chain, or they are not in the order of the charts.</exception>
    public static KeptChains Find(string path, ChartStore charts, CancellationToken cancellationToken)
    {
        var shardOf = charts.Subjects.ToDictionary(s => s.SubjectId, s => s.Shard);
        var places = new (long Start, long End)[charts.ShardCount];
        int last = 0;
        long count = 0;
        string? lastSample = null;
        foreach (var line in PlacedLines.Read(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PassingLine.Find(line.Text.Span, path) is not { } passing)
                continue;
            var sample = passing.SampleId;
            if (ChainBatches.SubjectOf(sample) is not { } subject || !shardOf.TryGetValue(subject, out int shard) || shard < last)
                throw new EhrR1Exception("The chains are not in the order of the workspace's charts", $"{path}, {sample}", "Run the command again in a new folder");
            last = shard;
            places[shard] = (places[shard].End == 0 ? line.Start : places[shard].Start, line.Start + line.Text.Length + 1);
            count += sample == lastSample ? 0 : 1;
            lastSample = sample;
        }

        return new KeptChains(path, places, count);
    }

    /// <summary>The samples of a shard in their order, one in memory at a time; the chains of a sample stand together.</summary>
    public IEnumerable<KeptSample> Read(int shard)
    {
        var (start, end) = _places[shard];
        var own = new List<(PassingLine Said, string Text)>();
        foreach (var line in PlacedLines.Read(_path, start, end))
        {
            if (PassingLine.Find(line.Text.Span, _path) is not { } passing)
                continue;
            if (own.Count > 0 && own[0].Said.SampleId != passing.SampleId)
            {
                yield return new KeptSample(own[0].Said.SampleId, own, _path);
                own = [];
            }

            own.Add((passing, Encoding.UTF8.GetString(line.Text.Span)));
        }

        if (own.Count > 0)
            yield return new KeptSample(own[0].Said.SampleId, own, _path);
    }
}
