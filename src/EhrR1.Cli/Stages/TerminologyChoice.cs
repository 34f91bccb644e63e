using EhrR1.Charts;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>Which terminology a workspace is read with: the one that is named, or that on record, or for a synthetic hospital the built-in one.</summary>
internal sealed record TerminologyChoice(string Path, bool IsBuiltIn)
{
    private const string Folder = "knowledge";
    private const string File = "built-in.terminology";

    /// <summary>What the file is, whatever its place.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>Chooses, and makes the built-in terminology where it is needed and missing.</summary>
    /// <exception cref="EhrR1Exception">None is named and the workspace is of a real hospital, or the file cannot be read.</exception>
    public static TerminologyChoice Of(CommandRun run, Workspace workspace, string? named) =>
        OrNone(run, workspace, named) ?? throw CommandRun.UserError("No terminology is named", "Name one with '--terminology FILE', or in ehr-r1.json; 'ehr-r1 terminology build' makes one from UMLS or open tables");

    /// <summary>The same, or <see langword="null"/> where there is none.</summary>
    public static TerminologyChoice? OrNone(CommandRun run, Workspace workspace, string? named)
    {
        var recorded = workspace.Stage(ConceptStage.Name)?.Settings["terminology"]?.ToString();
        var builtIn = workspace.PathOf(Folder, File);
        var path = named ?? recorded ?? (workspace.Manifest.Synthetic ? builtIn : null);
        if (path is null)
            return null;
        bool isBuiltIn = path == builtIn;
        if (isBuiltIn && !IsReadable(path))
            Build(run, workspace, path);
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
