using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Charts;

/// <summary>A folder with <c>workspace.json</c>: the interface between stages.</summary>
/// <remarks>
/// Opened for reading by any number of processes; opened for writing it is locked until disposed.
/// The lock is the operating system's, so a killed process leaves none behind. Not safe for several threads at once.
/// </remarks>
public sealed class Workspace : IDisposable
{
    private const string ManifestName = "workspace.json";
    private const string LockName = ".lock";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream? _lock;

    private Workspace(string folder, WorkspaceManifest manifest, FileStream? heldLock)
    {
        Folder = folder;
        Manifest = manifest;
        _lock = heldLock;
    }

    /// <summary>The program's name and version, as manifests record it.</summary>
    public static string ProgramVersion { get; } = "ehr-r1 " + (typeof(Workspace).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>What <c>workspace.json</c> says.</summary>
    public WorkspaceManifest Manifest { get; private set; }

    /// <summary>The profile of the workspace.</summary>
    public ChartProfile Profile => ChartProfileNames.Parse(Manifest.Profile);

    /// <summary>Whether a folder is a workspace.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, ManifestName));

    /// <summary>Opens a workspace for reading.</summary>
    /// <exception cref="EhrR1Exception">The folder is no workspace, or its manifest cannot be read.</exception>
    public static Workspace Open(string folder) => new(Path.GetFullPath(folder), Read(folder), heldLock: null);

    /// <summary>Opens an existing workspace for writing and locks it.</summary>
    /// <exception cref="EhrR1Exception">The folder is no workspace, or another process holds it.</exception>
    public static Workspace OpenForWriting(string folder)
    {
        _ = Read(folder);
        var held = Lock(folder);
        try
        {
            // Read again: the last writer may have ended in between.
            return new Workspace(Path.GetFullPath(folder), Read(folder), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes a workspace, or opens it for writing if it is one already, and locks it.</summary>
    /// <param name="folder">A new or empty folder, or a workspace.</param>
    /// <param name="manifest">What a new workspace starts with; an existing one keeps its own.</param>
    /// <exception cref="EhrR1Exception">The folder holds something else, cannot be written, or another process holds it.</exception>
    public static Workspace Create(string folder, WorkspaceManifest manifest)
    {
        try
        {
            if (Directory.Exists(folder) && !Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(e => Path.GetFileName(e) != LockName))
                throw new EhrR1Exception("The folder is not empty and is no workspace", folder, "Choose a new folder, or delete what is in it");
            CreateFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The folder cannot be made: {e.Message}", folder, "Choose a folder that you may write to", e);
        }

        var held = Lock(folder);
        try
        {
            // A copy of the stages: what this workspace records is not the caller's to see in the manifest that was given.
            var isNew = !Exists(folder);
            var workspace = new Workspace(Path.GetFullPath(folder), isNew ? manifest with { Stages = new(manifest.Stages, StringComparer.Ordinal) } : Read(folder), held);
            if (isNew)
                workspace.Save(workspace.Manifest);
            return workspace;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The full path of something in the workspace.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The record of a finished stage, or <see langword="null"/>.</summary>
    public StageRecord? Stage(string name) => Manifest.Stages.GetValueOrDefault(name);

    /// <summary>Records a finished stage and writes the manifest.</summary>
    /// <exception cref="EhrR1Exception">The manifest cannot be written.</exception>
    public void Record(string stage, StageRecord record)
    {
        Manifest.Stages[stage] = record;
        Save(Manifest);
    }

    /// <summary>Forgets stages, before their files are made anew.</summary>
    public void Forget(params ReadOnlySpan<string> stages)
    {
        foreach (var stage in stages)
            Manifest.Stages.Remove(stage);
        Save(Manifest);
    }

    /// <summary>Takes a stage for unfinished before its files are made anew, and keeps its settings on record: a run that is stopped goes on with them.</summary>
    /// <exception cref="EhrR1Exception">The manifest cannot be written.</exception>
    public void Reopen(string stage)
    {
        if (Stage(stage) is { } record)
            Record(stage, new StageRecord { Fingerprint = "", Settings = (JsonObject)record.Settings.DeepClone() });
    }

    /// <summary>Replaces the manifest.</summary>
    /// <exception cref="EhrR1Exception">The manifest cannot be written.</exception>
    public void Save(WorkspaceManifest manifest)
    {
        if (_lock is null)
            throw new InvalidOperationException("The workspace is open for reading only.");
        AtomicFile.WriteText(PathOf(ManifestName), JsonSerializer.Serialize(manifest, _json) + "\n");
        Manifest = manifest;
    }

    /// <summary>Describes a file that was written into the workspace.</summary>
    public OutputFile Describe(string path, long? rows = null) =>
        new(Path.GetRelativePath(Folder, path).Replace('\\', '/'), new FileInfo(path).Length, FileHash.OfFile(path), rows);

    /// <summary>Releases the lock, if there is one.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Makes a folder that its owner alone may read.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static WorkspaceManifest Read(string folder)
    {
        var path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path))
            throw new EhrR1Exception("This folder is no workspace: it has no workspace.json", folder, "Make one with 'ehr-r1 build --source <MIMIC-IV folder> --out <workspace>'");
        try
        {
            var manifest = JsonSerializer.Deserialize<WorkspaceManifest>(File.ReadAllText(path), _json) ?? throw new JsonException("It is empty.");
            return manifest.Format == 1 ? manifest : throw new EhrR1Exception($"The workspace has the layout {manifest.Format}, this program reads 1", path, "Use the version of ehr-r1 that made it, or build it again");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or UnauthorizedAccessException or IOException)
        {
            throw new EhrR1Exception($"The workspace's manifest cannot be read: {e.Message}", path, "Restore the file, or delete the folder and build it again", e);
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EhrR1Exception("The workspace cannot be written to", folder, "Change the folder's permissions or choose another", e);
        }
        catch (IOException e)
        {
            throw new EhrR1Exception("Another process is writing to this workspace", folder, "Wait until it has finished, or stop it", e);
        }
    }
}
