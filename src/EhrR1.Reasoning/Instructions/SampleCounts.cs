using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts the samples that chains could be written about, with or without a thinking graph.</summary>
public static class SampleCounts
{
    /// <summary>Counts by task.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="split">The split.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="selection">The samples that were drawn, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two samples.</param>
    /// <exception cref="EhrR1Exception">The index is missing or damaged.</exception>
    public static IReadOnlyDictionary<string, long> ByTask(Workspace workspace, string split, IReadOnlyCollection<string> tasks, SampleSelection? selection = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(tasks);
        var counts = tasks.ToDictionary(t => t, _ => 0L, StringComparer.Ordinal);
        using var index = TaskIndexStore.Open(workspace);
        for (int shard = 0; shard < index.Manifest.Shards; shard++)
        {
            foreach (var row in index.ReadShard(shard, tasks, split, cancellationToken))
                counts[row.Task] += selection?.Contains(row) == false ? 0 : 1;
        }

        return counts;
    }
}
