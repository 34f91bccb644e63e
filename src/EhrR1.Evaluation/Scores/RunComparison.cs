using EhrR1.Charts;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Compares two stored runs on the samples that both were asked.</summary>
/// <remarks>Stateless; safe for use by any number of threads.</remarks>
public static class RunComparison
{
    /// <summary>The differences of two runs in the macro means over the tasks that both attempted.</summary>
    /// <param name="run">A run.</param>
    /// <param name="reference">The run that it is held against.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <returns>One difference a family that both attempted.</returns>
    /// <exception cref="EhrR1Exception">The two were not asked the same samples, or files are damaged.</exception>
    public static IReadOnlyList<RunDifference> Of(RunFolder run, RunFolder reference, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(reference);
        options ??= new ScoringOptions();
        var first = Attempted(run);
        var second = Attempted(reference);
        var differences = new List<RunDifference>();
        foreach (var (mean, kind) in new[] { ("decision", TaskKind.Decision), ("risk", TaskKind.Risk) })
        {
            var common = first.Where(t => t.Kind == kind && !t.Extra && second.Any(o => o.Task == t.Task)).ToArray();
            if (common.Length == 0)
                continue;
            var metric = common[0].Metrics[0];
            var others = common.Select(t => second.First(o => o.Task == t.Task)).ToArray();
            if (common.Zip(others).Any(pair => !SameSamples(pair.First, pair.Second)))
                throw new EhrR1Exception("The two runs were not asked the same samples", $"{run.Name}, {reference.Name}", "Compare runs on the same benchmark with the same tasks and limit");
            var compared = PairedComparison.OfTasks(metric, [.. common.Select(t => t.Samples)], [.. others.Select(t => t.Samples)], options.Bootstrap, cancellationToken);
            differences.Add(new RunDifference(run.Name, reference.Name, mean, Score.Of(metric.Name, compared.Difference), Score.Defined(compared.PValue)));
        }

        return differences;
    }

    private static ScoredSamples[] Attempted(RunFolder run)
        => [.. ScoredSamples.Of(run, new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal), out _).Where(t => t.Answered > 0)];

    private static bool SameSamples(ScoredSamples one, ScoredSamples other)
        => one.Samples.Select(s => s.Id).ToHashSet(StringComparer.Ordinal).SetEquals(other.Samples.Select(s => s.Id));
}
