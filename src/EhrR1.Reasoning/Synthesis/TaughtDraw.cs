using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Draws among the samples that a teacher can explain: those with a thinking graph, and risks.</summary>
/// <remarks>
/// A draw among all samples would leave a task without chains where few of its samples have a graph. Which samples are drawn does not depend on the number
/// of threads; memory holds the ids of a shard's graphs a thread.
/// </remarks>
public static class TaughtDraw
{
    /// <summary>Draws.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="graphs">The folder with the graphs that <see cref="GraphBuild"/> wrote; <see langword="null"/> for the risks alone.</param>
    /// <param name="options">What to draw; a split must be named.</param>
    /// <param name="risks">Whether risks are drawn as well.</param>
    /// <param name="cancellationToken">Stops between two samples.</param>
    /// <exception cref="EhrR1Exception">The index or a graph is missing or damaged.</exception>
    public static SampleSelection Draw(Workspace workspace, string? graphs, DrawOptions options, bool risks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        int shards;
        using (var index = TaskIndexStore.Open(workspace))
            shards = index.Manifest.Shards;
        var draw = new SampleDraw(options);
        ParallelWork.For(shards, Environment.ProcessorCount, shard =>
        {
            var ids = graphs is null ? [] : IdsIn(TaughtSamples.FileOf(graphs, options.Split!, shard));
            using var index = TaskIndexStore.Open(workspace);
            foreach (var row in index.ReadShard(shard, options.Tasks, options.Split, cancellationToken))
            {
                if (ids.Contains(row.Id) || (risks && row.Definition.Kind == TaskKind.Risk))
                    draw.Offer(row);
            }
        }, cancellationToken);
        return draw.Select();
    }

    private static HashSet<string> IdsIn(string path)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in PlacedLines.Read(path))
            ids.Add(IdOf(line.Text.Span) ?? throw new EhrR1Exception("A line is no thinking graph", path, "Make the graphs again with 'ehr-r1 graph'"));
        return ids;
    }

    /// <summary>The id of a graph, which is not read beyond it.</summary>
    private static string? IdOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("id"))
                    return json.Read() ? json.GetString() : null;
                json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}
