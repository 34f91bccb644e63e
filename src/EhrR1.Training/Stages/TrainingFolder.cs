using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>The folder of one training: settings while it runs, the model and a manifest when it has ended.</summary>
/// <remarks>
/// <c>training.json</c> says what is trained from what and, once it has ended, with which result. The same command on a finished folder does nothing, on an unfinished one it
/// needs to be told to go on, so that nobody overwrites a training by mistake; one that ended before its first step, as a model could not be read, may be begun anew otherwise. The
/// folder is locked while a training writes to it.
/// </remarks>
public sealed class TrainingFolder : IDisposable
{
    /// <summary>The manifest's name.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };
    private readonly FileStream _lock;

    private TrainingFolder(string path, JsonObject manifest, FileStream held) => (FullPath, Manifest, _lock) = (path, manifest, held);

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; }

    /// <summary>What <see cref="FileName"/> says.</summary>
    public JsonObject Manifest { get; }

    /// <summary>A hash of everything that the result depends on.</summary>
    public string Fingerprint => (string)Manifest["fingerprint"]!;

    /// <summary>Whether the training has ended.</summary>
    public bool IsFinished => Manifest["result"] is not null;

    /// <summary>Makes a folder, goes on with an unfinished one, or finds it finished.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="what">What is trained from what with which settings; its hash is the fingerprint.</param>
    /// <param name="resume">Whether an unfinished training may be gone on with.</param>
    /// <exception cref="EhrR1Exception">The folder holds something else, or an unfinished training that was not asked for.</exception>
    public static TrainingFolder Open(string folder, JsonObject what, bool resume)
    {
        ArgumentNullException.ThrowIfNull(what);
        var path = Path.GetFullPath(folder);
        var file = Path.Combine(path, FileName);
        var fingerprint = FileHash.OfText(what.ToJsonString());
        try
        {
            if (!File.Exists(file) && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(e => Path.GetFileName(e) != ".lock"))
                throw new EhrR1Exception("The folder is not empty and holds no training", path, "Choose a new folder, or delete what is in it");
            Workspace.CreateFolder(path);
            var held = Hold(path);
            try
            {
                return new TrainingFolder(path, ManifestOf(file, path, what, fingerprint, resume), held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EhrR1Exception($"The training's folder cannot be used: {e.Message}", path, "Choose a folder that you may write to", e);
        }
    }

    /// <summary>Says that the training has ended.</summary>
    /// <exception cref="EhrR1Exception">The disk is full.</exception>
    public void Finish(JsonObject result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Manifest["result"] = result;
        AtomicFile.WriteText(Path.Combine(FullPath, FileName), Manifest.ToJsonString(_json) + "\n");
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private static JsonObject ManifestOf(string file, string path, JsonObject what, string fingerprint, bool resume)
    {
        if (File.Exists(file) && JsonNode.Parse(File.ReadAllText(file))!.AsObject() is var manifest && (manifest["result"] is not null || HasSteps(path)))
        {
            if ((string?)manifest["fingerprint"] != fingerprint)
                throw new EhrR1Exception("The folder holds a training of other data or settings", path, "Choose a new folder, or give the settings that its training.json names");
            if (manifest["result"] is null && !resume)
                throw new EhrR1Exception("The folder holds a training that has not ended", path, "Add --resume to go on with it, or choose a new folder");
            return manifest;
        }

        var begun = new JsonObject { ["program"] = Workspace.ProgramVersion, ["fingerprint"] = fingerprint };
        foreach (var (name, value) in what)
            begun[name] = value?.DeepClone();
        AtomicFile.WriteText(file, begun.ToJsonString(_json) + "\n");
        return begun;
    }

    private static bool HasSteps(string path) => new TrainingCheckpoint(path, fingerprint: "").Exists || MetricsLog.Read(path).Count > 0;

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new EhrR1Exception("Another process is writing to this training", path, "Wait until it has finished, or stop it", e);
        }
    }
}
