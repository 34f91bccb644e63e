using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Evaluation;

/// <summary>What a workspace was made from, as its manifest tells.</summary>
public sealed record ReportData
{
    /// <summary>The patients.</summary>
    public long Patients { get; init; }

    /// <summary>The events of their charts.</summary>
    public long Events { get; init; }

    /// <summary>The items of these events.</summary>
    public long Items { get; init; }

    /// <summary>The source's tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>The code maps.</summary>
    public IReadOnlyList<ReportMap> Maps { get; init; } = [];

    /// <summary>Tasks that a missing map or module leaves out.</summary>
    public IReadOnlyList<string> TasksLeftOut { get; init; } = [];

    /// <summary>What the user was warned of while the stages ran.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Hashes of the stages by name, which say of what and how the workspace was made.</summary>
    public IReadOnlyDictionary<string, string> Stages { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads a workspace's manifest; what a stage does not tell is left empty.</summary>
    public static ReportData Of(WorkspaceManifest manifest)
    {
        var counts = manifest.Stages.GetValueOrDefault("charts")?.Counts ?? [];
        return new ReportData
        {
            Patients = Whole(counts["patients"]),
            Events = Whole(counts["events"]),
            Items = Whole(counts["items"]),
            Tables = [.. Members(counts["tables"]).Select(t => new ReportTable(
                t.Key, Whole(t.Value?["rows_in"]), Whole(t.Value?["rows_out"]),
                Members(t.Value?["left_out"]).ToDictionary(l => l.Key, l => Whole(l.Value), StringComparer.Ordinal)))],
            Maps = [.. Members(counts["maps"]).SelectMany(m => Members(m.Value).Select(t => new ReportMap(m.Key, t.Key, Whole(t.Value?["rows"]), Whole(t.Value?["found"]))))],
            TasksLeftOut = counts["tasks_without_map"] is JsonArray tasks ? [.. tasks.Select(t => t!.ToString())] : [],
            Warnings = [.. manifest.Stages.Values.SelectMany(s => s.Warnings)],
            Stages = manifest.Stages.ToDictionary(s => s.Key, s => s.Value.Fingerprint, StringComparer.Ordinal),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];

    private static long Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : 0;
}
