using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Which terminology a workspace is read with: the one that is named, or that on record, or for a synthetic hospital the built-in one.</summary>
internal sealed record TerminologyChoice(string Path, bool IsBuiltIn)
{
    private const string Folder = "knowledge";
    private const string File = "built-in.terminology";

    // How the built-in one stands on record: without a place, so that a workspace can be moved.
    private const string BuiltInRecord = "built-in";

    /// <summary>What the file is, whatever its place.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>What stands on record, for <see cref="Of"/> to find it again.</summary>
    public string Recorded => IsBuiltIn ? BuiltInRecord : Path;

    /// <summary>Chooses, and makes the built-in terminology where it is needed and missing.</summary>
    /// <exception cref="EhrR1Exception">None is named and the workspace is of a real hospital, or the file cannot be read.</exception>
    public static TerminologyChoice Of(CommandRun run, Workspace workspace, string? named) =>
        OrNone(run, workspace, named) ?? throw CommandRun.UserError("No terminology is named", "Name one with '--terminology FILE', or in ehr-r1.json; 'ehr-r1 terminology build' makes one from UMLS or open tables");

    /// <summary>The same, or <see langword="null"/> where there is none.</summary>
    public static TerminologyChoice? OrNone(CommandRun run, Workspace workspace, string? named)
    {
        if (PlaceOf(workspace, named) is not { } place)
            return null;
        if (place.IsBuiltIn && !IsReadable(place.Path))
            Build(run, workspace, place.Path);
        return Opened(place.Path, place.IsBuiltIn);
    }

    /// <summary>The same without making anything: <see langword="null"/> too where the built-in one is still to be made.</summary>
    public static TerminologyChoice? Made(Workspace workspace, string? named) =>
        PlaceOf(workspace, named) is { } place && (!place.IsBuiltIn || IsReadable(place.Path)) ? Opened(place.Path, place.IsBuiltIn) : null;

    private static (string Path, bool IsBuiltIn)? PlaceOf(Workspace workspace, string? named)
    {
        var recorded = workspace.Stage(ConceptStage.Name)?.Settings["terminology"]?.ToString() ?? (workspace.Manifest.Synthetic ? BuiltInRecord : null);
        var builtIn = workspace.PathOf(Folder, File);
        var path = named ?? (recorded == BuiltInRecord ? builtIn : recorded);
        return path is null ? null : (path, path == builtIn);
    }

    private static TerminologyChoice Opened(string path, bool isBuiltIn)
    {
        using var terminology = Terminology.Open(path);
        return new TerminologyChoice(path, isBuiltIn) { Fingerprint = terminology.Fingerprint };
    }

    private static void Build(CommandRun run, Workspace workspace, string path)
    {
        run.Say("There is no terminology yet: making that of the synthetic hospital's own knowledge …");
        TerminologyBuild.Write([BuiltInSource.WriteTo(workspace.PathOf(Folder, "rrf"))], path, progress: run.Progress, cancellationToken: run.Cancellation);
    }

    private static bool IsReadable(string path)
    {
        try
        {
            Terminology.Open(path).Dispose();
            return true;
        }
        catch (EhrR1Exception)
        {
            // Missing, or of another version of the program: it is made again.
            return false;
        }
    }
}
