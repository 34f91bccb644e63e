using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Makes reasoning cases of checked chains: of each sample the best chain that passes the published filter and the grounding check.</summary>
/// <remarks>
/// Memory holds a shard of charts, a chain and a row group a thread; the bytes do not depend on the number of threads. A run that was stopped goes on at the
/// file where it stopped; where the chains have changed since, the set is made anew. Cases stand in the order of the charts: a trainer shuffles them.
/// </remarks>
public static class ReasoningBuild
{
    /// <summary>The sub-folder with the chains, which is no part of the data set.</summary>
    public const string ChainsFolder = "chains";

    /// <summary>Writes a data set, goes on with an unfinished one, or finds it finished.</summary>
    /// <param name="workspace">The workspace that the chains are of.</param>
    /// <param name="folder">The data set's folder, which may hold <see cref="ChainsFolder"/> as well.</param>
    /// <param name="chains">The chains.</param>
    /// <param name="options">The settings; what is drawn is said by the chains.</param>
    /// <param name="progress">Receives how many cases are written.</param>
    /// <param name="cancellationToken">Stops between two cases; finished files stay.</param>
    /// <exception cref="EhrR1Exception">The chains do not fit the workspace, or the folder cannot be written or is too small.</exception>
    public static InstructionManifest Write(Workspace workspace, string folder, TaughtChains chains, InstructionOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(options);
        var run = new ReasoningRun(workspace, chains, options, progress, cancellationToken);
        var fingerprint = run.Fingerprint;
        if (InstructionBuild.Finished(folder, fingerprint) is { } finished)
        {
            DataSetFolder.DropNotes(folder);
            return finished;
        }

        using var data = DataSetFolder.Begin(folder, fingerprint, ChainsFolder);
        var plan = FilePlan.Of(run.ShardCount, run.Kept.Count, options.CasesPerFile);
        var open = Enumerable.Range(0, plan.Files).Where(f => data.Finished(f) is null).ToList();
        run.Skip(Enumerable.Range(0, plan.Files).Except(open).Sum(f => data.Finished(f)!.File.Rows ?? 0));
        var perCase = SizeEstimate.BytesPerCase(
            run.ShardCount, data.ScratchPath("probe" + CaseFile.EndingOf(options.Format)), (shards, most) => run.Cases(shards, new FileTally(), most), (path, cases) => CaseFile.Write(path, options.Format, cases));
        SizeEstimate.Check(data.Root, perCase * run.Kept.Count * open.Count / plan.Files, options.FreeSpace(data.Root));
        ParallelWork.For(open.Count, options.Threads, i =>
        {
            var file = open[i];
            var path = data.PathOf(plan.NameOf(options.Split, file, options.Format));
            var tally = new FileTally();
            CaseFile.Write(path, options.Format, tally.Count(run.Cases(plan.ShardsOf(file), tally)).Select(run.Report));
            data.Finish(file, tally.Summary(data.Root, path));
        }, cancellationToken);
        var manifest = run.Manifest([.. Enumerable.Range(0, plan.Files).Select(f => data.Finished(f)!)]);
        data.End(manifest, DataSetCard.Text(manifest, options.Split));
        return manifest;
    }

    /// <summary>Refuses a folder that holds something else, before anything is asked for.</summary>
    /// <param name="folder">The folder that a data set is to be written to.</param>
    /// <exception cref="EhrR1Exception">It is not empty and holds neither chains nor reasoning cases.</exception>
    public static void NeedFolder(string folder)
    {
        bool isOurs = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any() || Directory.Exists(Path.Combine(folder, ChainsFolder));
        if (!isOurs || (InstructionManifest.Exists(folder) && InstructionManifest.Read(folder).Kind != CaseColumns.NameOf(InstructionKind.Reasoning)))
            throw new EhrR1Exception("The folder holds something else than reasoning cases", folder, "Choose a new folder, or delete what is in it");
    }
}
