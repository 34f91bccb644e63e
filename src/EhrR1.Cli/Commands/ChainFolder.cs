using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>A folder with chains: one of itself, or that of a set of reasoning cases, which has a sub-folder for them.</summary>
internal static class ChainFolder
{
    /// <summary>The file in which a folder says what its chains are of.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>The folder with the chains.</summary>
    public static string Of(string folder) =>
        !File.Exists(Path.Combine(folder, ChainCheckRun.ChainsFile)) && Directory.Exists(Path.Combine(folder, ReasoningBuild.ChainsFolder)) ? Path.Combine(folder, ReasoningBuild.ChainsFolder) : folder;

    /// <summary>The workspace that the chains are of, as the folder's manifest has it.</summary>
    /// <exception cref="EhrR1Exception">It does not say.</exception>
    public static string WorkspaceOf(string folder) => FindWorkspace(folder)
        ?? throw new EhrR1Exception("The folder does not say which workspace its chains are of", folder, "Name it with '--workspace'");

    /// <summary>The workspace that the chains are of, or <see langword="null"/> where the folder does not say.</summary>
    /// <exception cref="EhrR1Exception">The folder's manifest cannot be read.</exception>
    public static string? FindWorkspace(string folder)
    {
        var path = Path.Combine(folder, ManifestFile);
        try
        {
            var manifest = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return (manifest?["workspace"] ?? manifest?["source"]?["workspace"])?.ToString() is { Length: > 0 } recorded ? Path.GetFullPath(recorded, folder) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EhrR1Exception("The folder's manifest cannot be read", path, "Name the workspace with '--workspace'", e);
        }
    }
}
