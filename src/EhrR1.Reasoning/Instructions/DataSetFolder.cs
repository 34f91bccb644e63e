using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>The folder of a data set that is written file by file, so that a run that was stopped goes on at the file where it stopped.</summary>
/// <remarks>
/// While it is unfinished, its sub-folder <c>.unfinished</c> holds a note for each finished file; data files get their names when they are whole.
/// A lock of the operating system keeps a second run out, and goes with a killed process. Members may be called by several threads at once, each for files of its own.
/// </remarks>
public sealed class DataSetFolder : IDisposable
{
    private const string NotesName = ".unfinished";
    private const string FingerprintName = "fingerprint";
    private const string LockName = ".lock";
    private const string CardName = "README.md";

    private readonly string _notes;
    private readonly FileStream _lock;

    private DataSetFolder(string folder, FileStream held)
    {
        Root = folder;
        _notes = Path.Combine(folder, NotesName);
        _lock = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>Begins a data set, or goes on with an unfinished one.</summary>
    /// <param name="folder">A new or empty folder, or one with an unfinished data set of the same fingerprint.</param>
    /// <param name="fingerprint">A hash over what the data set is made from and the settings.</param>
    /// <param name="besides">A sub-folder that may stand there as well; where there is one, a data set of another fingerprint beside it is made anew. The default value is none.</param>
    /// <exception cref="EhrR1Exception">The folder holds something else, cannot be written, or another process writes to it.</exception>
    public static DataSetFolder Begin(string folder, string fingerprint, string? besides = null)
    {
        var root = Path.GetFullPath(folder);
        var notes = Path.Combine(root, NotesName);
        var note = Path.Combine(notes, FingerprintName);
        try
        {
            if (besides is not null && Directory.Exists(Path.Combine(root, besides)))
                DropOther(root, notes, note, fingerprint);
            if (Directory.Exists(root) && !File.Exists(note) && !InstructionManifest.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any(e => Path.GetFileName(e) is var name && name != NotesName && name != besides))
                throw new EhrR1Exception("The folder is not empty and holds no data set of this program", root, "Choose a new folder, or delete what is in it");
            if ((File.Exists(note) && File.ReadAllText(note) != fingerprint) || (InstructionManifest.Exists(root) && InstructionManifest.Read(root).Fingerprint != fingerprint))
                throw new EhrR1Exception("The folder holds a data set of other settings or another workspace", root, "Choose another folder, or delete this one");
            Workspace.CreateFolder(root);
            Workspace.CreateFolder(notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The folder cannot be made: {e.Message}", root, "Choose a folder that you may write to", e);
        }

        var held = Lock(root, notes);
        try
        {
            File.Delete(Path.Combine(root, InstructionManifest.FileName));
            AtomicFile.WriteText(note, fingerprint);
            foreach (var partial in Directory.EnumerateFiles(root, "*" + AtomicFile.TemporaryEnding, SearchOption.AllDirectories))
                File.Delete(partial);
            return new DataSetFolder(root, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the notes of a data set that is finished, where a run was killed just before it did.</summary>
    public static void DropNotes(string folder)
    {
        var notes = Path.Combine(folder, NotesName);
        if (Directory.Exists(notes))
            Directory.Delete(notes, recursive: true);
    }

    /// <summary>A place for a file that is not of the data set and goes when it is finished.</summary>
    public string ScratchPath(string name) => Path.Combine(_notes, name);

    /// <summary>The full path of a file of the data set.</summary>
    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>What a file holds that is finished, or <see langword="null"/>.</summary>
    public FileSummary? Finished(int number)
    {
        var note = NoteOf(number);
        if (!File.Exists(note))
            return null;
        try
        {
            var summary = JsonSerializer.Deserialize<FileSummary>(File.ReadAllText(note), InstructionManifest.Json)!;
            return new FileInfo(PathOf(summary.File.Path)) is { Exists: true } file && file.Length == summary.File.Bytes ? summary : null;
        }
        catch (JsonException)
        {
            // The file is simply made again.
            return null;
        }
    }

    /// <summary>Notes that a file is finished.</summary>
    public void Finish(int number, FileSummary summary) => AtomicFile.WriteText(NoteOf(number), JsonSerializer.Serialize(summary, InstructionManifest.Json));

    /// <summary>Ends the data set: its card, its manifest, and the notes go.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void End(InstructionManifest manifest, string card)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        AtomicFile.WriteText(PathOf(CardName), card);
        manifest.WriteTo(Root);
        _lock.Dispose();
        Directory.Delete(_notes, recursive: true);
    }

    /// <summary>Lets others write to the folder.</summary>
    public void Dispose() => _lock.Dispose();

    // The manifest goes first: what a kill leaves is no finished set, and is dropped by the next run.
    private static void DropOther(string root, string notes, string note, string fingerprint)
    {
        if (File.Exists(note) ? File.ReadAllText(note) == fingerprint : InstructionManifest.Exists(root) && InstructionManifest.Read(root).Fingerprint == fingerprint)
            return;
        File.Delete(Path.Combine(root, InstructionManifest.FileName));
        foreach (var part in (string[])[notes, Path.Combine(root, FilePlan.Folder)])
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }

        File.Delete(Path.Combine(root, CardName));
    }

    private string NoteOf(int number) => Path.Combine(_notes, number.ToString("00000", CultureInfo.InvariantCulture) + ".json");

    private static FileStream Lock(string root, string notes)
    {
        try
        {
            return new FileStream(Path.Combine(notes, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception("Another process is writing to this folder, or it cannot be written to", root, "Wait until it has finished, or choose another folder", e);
        }
    }
}
