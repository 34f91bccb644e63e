using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Writes direct cases, or prompts for reinforcement learning, out of a workspace's charts and task index.</summary>
/// <remarks>
/// Memory holds a shard of charts and a row group a thread, whatever the number of cases; the bytes do not depend on the number of threads. A run that was
/// stopped goes on at the file where it stopped. Cases stand in the order of the charts: a trainer shuffles them.
/// </remarks>
public static class InstructionBuild
{
    /// <summary>Writes a data set, goes on with an unfinished one, or finds it finished.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="kind">Direct cases or prompts for reinforcement learning.</param>
    /// <param name="options">The settings.</param>
    /// <param name="progress">Receives how many cases are written.</param>
    /// <param name="cancellationToken">Stops between two cases; finished files stay.</param>
    /// <exception cref="EhrR1Exception">Nothing can be drawn, charts or index are missing, or the folder cannot be written or is too small.</exception>
    public static InstructionManifest Write(Workspace workspace, string folder, InstructionKind kind, InstructionOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        if (kind == InstructionKind.Reasoning)
            throw new ArgumentException("Reasoning cases are made of chains.", nameof(kind));
        using var run = new InstructionRun(workspace, kind, options, progress, cancellationToken);
        var fingerprint = run.Fingerprint;
        if (Finished(folder, fingerprint) is { } finished)
        {
            DataSetFolder.DropNotes(folder);
            return finished;
        }

        var selection = run.Draw();
        using var data = DataSetFolder.Begin(folder, fingerprint);
        var plan = FilePlan.Of(run.ShardCount, selection.Count, options.CasesPerFile);
        var open = Enumerable.Range(0, plan.Files).Where(f => data.Finished(f) is null).ToList();
        run.Skip(Enumerable.Range(0, plan.Files).Except(open).Sum(f => data.Finished(f)!.File.Rows ?? 0));
        var perCase = SizeEstimate.BytesPerCase(run.ShardCount, data.ScratchPath("probe" + CaseFile.EndingOf(options.Format)), (shards, most) => run.Cases(shards, selection, most), (path, cases) => run.WriteFile(path, 0, cases));
        SizeEstimate.Check(data.Root, perCase * selection.Count * open.Count / plan.Files, options.FreeSpace(data.Root));
        ParallelWork.For(open.Count, options.Threads, i =>
        {
            var file = open[i];
            var path = data.PathOf(plan.NameOf(options.Split, file, options.Format));
            var tally = new FileTally();
            // Numbers have gaps between files, so that a file can be made without those before it.
            run.WriteFile(path, (long)file << 32, tally.Count(run.Cases(plan.ShardsOf(file), selection)).Select(run.Report));
            data.Finish(file, tally.Summary(data.Root, path));
        }, cancellationToken);
        var manifest = run.Manifest([.. Enumerable.Range(0, plan.Files).Select(f => data.Finished(f)!)]);
        data.End(manifest, DataSetCard.Text(manifest, options.Split));
        return manifest;
    }

    internal static InstructionManifest? Finished(string folder, string fingerprint) =>
        InstructionManifest.Exists(folder) && InstructionManifest.Read(folder) is var manifest && manifest.Fingerprint == fingerprint && manifest.IsWhole(folder) ? manifest : null;
}
