using EhrR1.Charts;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>A model's run over a benchmark, with its scores.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Manifest">What the run was.</param>
/// <param name="Scores">Its scores.</param>
internal sealed record ModelRun(RunFolder Folder, RunManifest Manifest, RunScores Scores)
{
    /// <summary>Runs a model, or goes on with a run that was stopped, and scores it.</summary>
    public static async Task<ModelRun> RunAsync(IModelSource model, EvaluationOptions options, CliTerminal terminal, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        var folder = await new EvaluationRunner(terminal.Time).RunAsync(model, options, progress, cancellationToken).ConfigureAwait(false);
        return new ModelRun(folder, folder.ReadManifest(), RunScorer.ReadOrScore(folder, cancellationToken: cancellationToken));
    }

    /// <summary>The finished runs of a workspace that answered the benchmark that it holds now.</summary>
    public static IReadOnlyList<RunFolder> Current(Workspace workspace)
    {
        var files = Hashes(BenchmarkSource.Open(workspace.Folder).Describe());
        return [.. RunFolder.Of(workspace.Folder).Where(r => Hashes(r.ReadManifest().Benchmark).SetEquals(files))];
    }

    private static HashSet<string> Hashes(IEnumerable<OutputFile> files) => files.Select(f => f.Sha256).ToHashSet(StringComparer.Ordinal);
}
