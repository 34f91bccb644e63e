using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A source that was read: its patients in shards, each of which is written on its own.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
public interface IChartShards
{
    /// <summary>The shards, numbered from 0; together they hold every patient once, by ascending id.</summary>
    IReadOnlyList<ShardPlan> Plans { get; }

    /// <summary>Opens a writer for one thread.</summary>
    /// <param name="workspace">The workspace to write to.</param>
    /// <param name="memoryBytes">How much memory this writer may use, in bytes.</param>
    IShardWriter OpenWriter(Workspace workspace, long memoryBytes);

    /// <summary>What the manifest says of the source once all shards are written.</summary>
    /// <param name="notes">The notes that <see cref="IShardWriter.Write"/> left, by shard.</param>
    SourceSummary Summarize(IReadOnlyList<JsonObject> notes);
}
