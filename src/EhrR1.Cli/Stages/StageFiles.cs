using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>What the stages after the charts have in common: when they are up to date, and how they are recorded.</summary>
internal static class StageFiles
{
    /// <summary>A stage's fingerprint: what it was made from, and with which settings.</summary>
    public static string Fingerprint(StageRecord earlier, JsonObject settings) =>
        FileHash.OfText($"{Workspace.ProgramVersion}\n{earlier.Fingerprint}\n{settings.ToJsonString()}");

    /// <summary>Whether a stage was made from what the workspace holds now, and its files are there.</summary>
    public static bool IsCurrent(Workspace workspace, string stage, string? fingerprint) =>
        fingerprint is not null && workspace.Stage(stage) is { } record && record.Fingerprint == fingerprint
        && record.Outputs.All(o => File.Exists(workspace.PathOf(o.Path)) && new FileInfo(workspace.PathOf(o.Path)).Length == o.Bytes);

    /// <summary>Describes the files in one of the workspace's folders.</summary>
    public static IReadOnlyList<OutputFile> Outputs(Workspace workspace, string folder) =>
        [.. Directory.EnumerateFiles(workspace.PathOf(folder)).Order(StringComparer.Ordinal).Select(f => workspace.Describe(f))];

    /// <summary>A list of names as JSON, <see langword="null"/> for all.</summary>
    public static JsonNode? Names(IReadOnlyCollection<string>? names) => names is null ? null : new JsonArray([.. names.Select(n => (JsonNode)n)]);

    /// <summary>Reads what <see cref="Names"/> wrote.</summary>
    public static IReadOnlyList<string>? ReadNames(JsonNode? names) => (names as JsonArray)?.Select(n => n!.ToString()).ToList();

    /// <summary>Reads what a stage says of itself.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static T ReadJson<T>(string path, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), options) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"What the stage says of itself cannot be read: {e.Message}", path, "Delete the file and run the command again", e);
        }
    }
}
