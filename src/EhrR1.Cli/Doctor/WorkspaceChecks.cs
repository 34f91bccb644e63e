using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Looks at whether a workspace is whole: every file of its manifest there, with the bytes that were written.</summary>
internal static class WorkspaceChecks
{
    public static IEnumerable<DoctorCheck> Look(Workspace workspace, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        yield return new DoctorCheck("Workspace", DoctorState.Ok, $"{workspace.Folder}, profile {workspace.Manifest.Profile}, seed {workspace.Manifest.Seed}{(workspace.Manifest.Synthetic ? ", synthetic" : "")}");
        if (workspace.Manifest.Stages.Count == 0)
            yield return new DoctorCheck("Stages", DoctorState.Bad, "none is finished", "Run 'ehr-r1 build' again: it goes on where it stopped.");
        foreach (var (name, stage) in workspace.Manifest.Stages)
            yield return Look(workspace, name, stage, progress, cancellationToken);
        var leftovers = Directory.EnumerateFiles(workspace.Folder, "*" + AtomicFile.TemporaryEnding, SearchOption.AllDirectories).Count();
        if (leftovers > 0)
            yield return new DoctorCheck("Leftovers", DoctorState.Note, $"{leftovers} files of a command that was stopped", "Run the command again; it replaces them.");
    }

    private static DoctorCheck Look(Workspace workspace, string name, StageRecord stage, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        if (!stage.IsFinished)
            return new DoctorCheck($"Stage {name}", DoctorState.Note, "was stopped before its end", "Run the command again; it begins anew with the same settings.");
        var total = stage.Outputs.Sum(o => o.Bytes);
        long done = 0;
        foreach (var output in stage.Outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new StageProgress($"Checking {name}", done, total, "bytes"));
            var path = workspace.PathOf(output.Path);
            if (!File.Exists(path))
                return new DoctorCheck($"Stage {name}", DoctorState.Bad, $"{output.Path} is missing", RunAgain(name));
            if (new FileInfo(path).Length != output.Bytes || FileHash.OfFile(path) != output.Sha256)
                return new DoctorCheck($"Stage {name}", DoctorState.Bad, $"{output.Path} is not what was written", RunAgain(name));
            done += output.Bytes;
        }

        return new DoctorCheck($"Stage {name}", DoctorState.Ok, $"{stage.Outputs.Count} files, {MemorySize.Format(total)}, as written by {stage.Program}");
    }

    private static string RunAgain(string stage) => $"Delete the workspace's {stage} and run the command that made it again.";
}
