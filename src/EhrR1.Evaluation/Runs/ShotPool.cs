using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Examples for prompts, drawn from patients that are held out for them.</summary>
internal sealed class ShotPool
{
    private ShotPool(IReadOnlyDictionary<string, IReadOnlyList<BenchmarkSample>> byTask) => ByTask = byTask;

    /// <summary>No examples.</summary>
    public static ShotPool Empty { get; } = new(new Dictionary<string, IReadOnlyList<BenchmarkSample>>(StringComparer.Ordinal));

    /// <summary>The examples by task; a task whose pool has none is missing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BenchmarkSample>> ByTask { get; }

    /// <summary>Draws the same examples for every sample of a task, by the rules of the benchmark's draw and the workspace's seed, so that a server's prefix cache serves them.</summary>
    /// <param name="benchmark">The benchmark; its workspace has the pool.</param>
    /// <param name="shots">Examples a task at most.</param>
    /// <param name="tasks">The tasks to draw for; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the draw.</param>
    /// <exception cref="EhrR1Exception">The benchmark has no workspace, or the workspace no charts or index.</exception>
    public static ShotPool Draw(BenchmarkSource benchmark, int shots, IReadOnlyCollection<string>? tasks, CancellationToken cancellationToken)
    {
        if (benchmark.WorkspaceFolder is not { } folder)
            throw new EhrR1Exception("Examples come from a workspace's few-shot pool, and this benchmark has no workspace", benchmark.Folder, "Give the workspace that the benchmark was made from, or leave --shots out");
        using var workspace = Workspace.Open(folder);
        var options = new DrawOptions { PerTask = shots, Split = SplitNames.FewShot, Seed = workspace.Manifest.Seed, Tasks = tasks, Filter = DrawFilter.For(workspace.Profile) };
        var drawn = BenchmarkBuilder.Samples(workspace, BenchmarkBuilder.Draw(workspace, options, cancellationToken), cancellationToken: cancellationToken)
            .SelectMany(p => p.Samples)
            .Select(Of)
            .GroupBy(s => s.Task, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<BenchmarkSample>)[.. g], StringComparer.Ordinal);
        return drawn.Count > 0 ? new ShotPool(drawn) : throw new EhrR1Exception("The workspace's few-shot pool has no samples", folder, "Build a workspace of more patients, or leave --shots out");
    }

    private static BenchmarkSample Of(Sample sample) => new()
    {
        Idx = 0,
        Id = sample.Id,
        SubjectId = sample.Row.SubjectId,
        HadmId = sample.Row.HadmId,
        PredictionTime = sample.Row.PredictionTime,
        Task = sample.Row.Task,
        Event = sample.Row.Event,
        Kind = sample.Task.Kind,
        Instruction = sample.Instruction,
        Input = sample.Input,
        Output = sample.Output,
        Labels = sample.Labels,
        Candidates = sample.Candidates,
        Split = sample.Row.Split,
    };
}
