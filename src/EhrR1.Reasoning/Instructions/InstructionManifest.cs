using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>What an instruction set says of itself, in <c>manifest.json</c>.</summary>
/// <remarks>It holds no clock time and no place, so that the same input gives the same bytes.</remarks>
public sealed record InstructionManifest
{
    /// <summary>The file's name in the data set's folder.</summary>
    public const string FileName = "manifest.json";

    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The version of the layout; 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What the cases teach: <c>direct</c>, <c>reasoning</c> or <c>rl</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public string Program { get; init; } = Workspace.ProgramVersion;

    /// <summary>A hash over what it was made from and the settings.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The settings.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>What it was made from: profile, seed, whether the patients are made up, the task index's fingerprint.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>How many cases there are.</summary>
    public required long Cases { get; init; }

    /// <summary>Cases of each task, in the catalogue's order.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>Samples that were left out because question and answer alone are longer than the budget.</summary>
    public long TooLong { get; init; }

    /// <summary>The characters of all users' messages.</summary>
    public required long Characters { get; init; }

    /// <summary>The tokens of all messages.</summary>
    public required long Tokens { get; init; }

    /// <summary>What counted the tokens: <c>estimate</c> or <c>tokenizer.json</c>.</summary>
    public required string TokensBy { get; init; }

    /// <summary>The files with their hashes, in order.</summary>
    public required IReadOnlyList<OutputFile> Files { get; init; }

    /// <summary>Reasoning cases that were left out because their budget cuts off what the chain cites; <see langword="null"/> for other cases.</summary>
    public long? EvidenceCut { get; init; }

    /// <summary>How many samples were left after each step on the way to reasoning cases, by task, the sum over all at the end; <see langword="null"/> for other cases.</summary>
    public IReadOnlyList<TaskAttrition>? Attrition { get; init; }

    /// <summary>What the chains cost, by teacher; <see langword="null"/> for other cases.</summary>
    public IReadOnlyList<TeacherCost>? Cost { get; init; }

    /// <summary>The manifest of a set out of what its files hold.</summary>
    internal static InstructionManifest Of(InstructionKind kind, string fingerprint, JsonObject settings, JsonObject source, string tokensBy, IReadOnlyList<FileSummary> files) => new()
    {
        Kind = CaseColumns.NameOf(kind),
        Fingerprint = fingerprint,
        Settings = settings,
        Source = source,
        Cases = files.Sum(f => f.File.Rows ?? 0),
        Tasks = TaskCatalog.Tasks.Select(t => KeyValuePair.Create(t.Name, files.Sum(f => f.Tasks.GetValueOrDefault(t.Name)))).Where(t => t.Value > 0).ToDictionary(StringComparer.Ordinal),
        TooLong = files.Sum(f => f.TooLong),
        Characters = files.Sum(f => f.Characters),
        Tokens = files.Sum(f => f.Tokens),
        TokensBy = tokensBy,
        Files = [.. files.Select(f => f.File)],
    };

    /// <summary>Whether a folder holds a finished instruction set.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads a folder's manifest.</summary>
    /// <exception cref="EhrR1Exception">There is none, or it cannot be read.</exception>
    public static InstructionManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new EhrR1Exception("There is no finished instruction set here: the folder has no manifest.json", folder, "Make one with 'ehr-r1 ins direct <workspace> --out <folder>', or run an unfinished one again");
        try
        {
            return JsonSerializer.Deserialize<InstructionManifest>(File.ReadAllText(path), Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception("There is no finished instruction set here: the folder's manifest.json is of something else, or damaged", path, "Choose another folder, or restore the file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The manifest cannot be read: {e.Message}", path, "Change its permissions, or make the instruction set again in another folder", e);
        }
    }

    /// <summary>Writes it into a folder.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void WriteTo(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Whether all files are there with the sizes that the manifest has.</summary>
    internal bool IsWhole(string folder) => Files.All(f => new FileInfo(Path.Combine(folder, f.Path)) is { Exists: true } file && file.Length == f.Bytes);
}
