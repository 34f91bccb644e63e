using System.Reflection;

namespace EhrR1.House.Tests;

/// <summary>The rooms from the top down, their assemblies and their source files.</summary>
internal static class House
{
    /// <summary>The rooms from the top down: a room may use those before it. Rooms that are not built yet hold their place.</summary>
    public static IReadOnlyList<string> Rooms { get; } =
        ["Charts", "Hospital", "Ingest", "Tasks", "Scoring", "Knowledge", "Models", "Reasoning", "Training", "Evaluation", "Workbench", "Cli", "TrainCli"];

    public static IReadOnlyList<string> BuiltRooms { get; } = [.. Rooms.Where(r => Directory.Exists(FolderOf(r)))];

    public static Assembly AssemblyOf(string room) => Assembly.Load(room switch { "Cli" => "ehr-r1", "TrainCli" => "ehr-r1-train", _ => $"EhrR1.{room}" });

    public static string FolderOf(string room) => Repository.PathOf("src", $"EhrR1.{room}");

    /// <summary>The source files of a room, without what the build makes.</summary>
    public static IEnumerable<string> SourcesOf(string room) => Sources(FolderOf(room));

    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj" or "artifacts"))
        .Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
