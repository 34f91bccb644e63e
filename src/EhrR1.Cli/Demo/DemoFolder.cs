using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>The folder of a demo: marked, so that no folder of the user's is ever written over.</summary>
internal sealed class DemoFolder
{
    private const string Marker = "demo.json";

    private DemoFolder(string path) => FullPath = path;

    public string FullPath { get; }

    public string Hospital => Path.Combine(FullPath, "hospital");

    public string Workspace => Path.Combine(FullPath, "workspace");

    public string Report => Path.Combine(FullPath, "report.html");

    /// <summary>Takes a new or empty folder, or that of an earlier demo.</summary>
    /// <exception cref="EhrR1Exception">The folder holds something else or cannot be written.</exception>
    public static DemoFolder Take(string path, JsonObject settings)
    {
        var folder = new DemoFolder(path);
        var marker = Path.Combine(path, Marker);
        if (File.Exists(path) || (Directory.Exists(path) && !File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new EhrR1Exception("The folder is not empty and holds no demo", path, "Name a new folder with --out");
        AtomicFile.WriteText(marker, settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
        return folder;
    }

    /// <summary>Whether the hospital is there whole, as these settings make it.</summary>
    public bool HasHospital(long patients, ulong seed)
    {
        var manifest = Path.Combine(Hospital, "manifest.json");
        try
        {
            return File.Exists(manifest) && JsonNode.Parse(File.ReadAllText(manifest)) is JsonObject found
                && (bool?)found["complete"] == true && (long?)found["patients"] == patients && (ulong?)found["seed"] == seed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
