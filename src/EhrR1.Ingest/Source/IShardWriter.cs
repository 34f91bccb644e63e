using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Writes the charts of shards, in the layout of <see cref="ChartSchema"/>.</summary>
/// <remarks>Not safe for several threads at once. The bytes must not depend on which writer writes a shard.</remarks>
public interface IShardWriter : IDisposable
{
    /// <summary>Writes a shard's files, each whole or not at all.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>
    /// The shard's note: <c>files</c> with path, bytes, sha256 and rows of each, <c>subjects</c> as arrays of
    /// id, events, items and event types (as in <see cref="ChartSubject"/>), and whatever else the source wants to know at the end.
    /// </returns>
    JsonObject Write(ShardPlan shard, CancellationToken cancellationToken);
}
