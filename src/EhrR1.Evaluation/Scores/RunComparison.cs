using EhrR1.Charts;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Compares stored runs on the samples that both of a pair were asked.</summary>
/// <remarks>Stateless; safe for use by any number of threads.</remarks>
public static class RunComparison
{
    private static readonly (string Name, TaskKind Kind)[] _families = [("decision", TaskKind.Decision), ("risk", TaskKind.Risk)];

    /// <summary>Replicates of comparisons: with 1,000, Holm's correction over the tasks could leave no p value below 0.05.</summary>
    public const int DefaultReplicates = 10_000;

    /// <summary>The differences of two runs in the macro means over the tasks that both attempted.</summary>
    /// <param name="run">A run.</param>
    /// <param name="reference">The run that it is held against.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <returns>One difference a family that both attempted.</returns>
    /// <exception cref="EhrR1Exception">The two were not asked the same samples, or files are damaged.</exception>
    public static IReadOnlyList<RunDifference> Of(RunFolder run, RunFolder reference, ScoringOptions? options = null, CancellationToken cancellationToken = default)
        => Of([reference, run], options, cancellationToken: cancellationToken).Means;

    /// <summary>Holds runs against the first of them: macro means, and task by task.</summary>
    /// <param name="runs">Two runs or more; the first is the reference.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="commonOnly">Whether samples that only one of a pair was asked are left out; else they are an error. The default value is <see langword="false"/>.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <returns>The differences, with intervals and p values, raw and corrected by Holm's method.</returns>
    /// <exception cref="EhrR1Exception">There are fewer than two runs, they were not asked the same samples, or files are damaged.</exception>
    public static ComparisonResult Of(IReadOnlyList<RunFolder> runs, ScoringOptions? options = null, bool commonOnly = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        options ??= new ScoringOptions();
        if (runs.Count < 2)
            throw new EhrR1Exception("A comparison needs two runs or more", runs.Count == 0 ? null : runs[0].Path, "Name the reference first, then the runs that are held against it");
        var reference = Attempted(runs[0]);
        var (means, tasks, leftOut) = (new List<RunDifference>(), new List<RunDifference>(), 0);
        foreach (var run in runs.Skip(1))
        {
            var pairs = PairsOf(run, Attempted(run), runs[0], reference, commonOnly, ref leftOut);
            Compare(run.Name, runs[0].Name, pairs, options, means, tasks, cancellationToken);
        }

        if (means.Count + tasks.Count == 0)
            throw new EhrR1Exception("The runs have no task in common that they attempted", string.Join(", ", runs.Select(r => r.Name)), "Compare runs on the same benchmark");
        return new ComparisonResult
        {
            Reference = runs[0].Name,
            Runs = [.. runs.Skip(1).Select(r => r.Name)],
            Means = Adjusted(means),
            Tasks = Adjusted(tasks),
            SamplesLeftOut = leftOut,
            Replicates = options.Replicates,
            Seed = options.Seed,
        };
    }

    private static void Compare(
        string run, string reference, List<Pair> pairs, ScoringOptions options, List<RunDifference> means, List<RunDifference> tasks, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
            return;

        // One draw for all tasks, so that their scores move together in the means.
        var patients = PatientIndex.Of([.. pairs.Select(p => p.First)]);
        IPreparedMetric[] prepared = [.. pairs.Select(p => p.Metric.Prepare(p.First, patients)), .. pairs.Select(p => p.Metric.Prepare(p.Second, patients))];
        var draws = PatientBootstrap.Run(prepared, patients, options.Bootstrap, cancellationToken);
        for (var i = 0; i < pairs.Count; i++)
            tasks.Add(Difference(run, reference, pairs[i], draws[i], draws[pairs.Count + i]) with { Task = pairs[i].Task, Samples = pairs[i].First.Count });
        foreach (var (family, kind) in _families)
        {
            int[] members = [.. Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Kind == kind && !pairs[i].Extra)];
            if (members.Length == 0)
                continue;
            means.Add(Difference(run, reference, pairs[members[0]], ScoreDraws.Mean([.. members.Select(i => draws[i])]), ScoreDraws.Mean([.. members.Select(i => draws[pairs.Count + i])])) with
            {
                Mean = family,
                Tasks = members.Count(i => !double.IsNaN(draws[i].Value)),
                Samples = members.Sum(i => pairs[i].First.Count),
            });
        }
    }

    private static RunDifference Difference(string run, string reference, Pair pair, ScoreDraws first, ScoreDraws second)
    {
        var compared = PairedComparison.Of(first, second);
        var metric = pair.Metric.Name;
        return new RunDifference(run, reference, pair.Kind == TaskKind.Risk ? "risk" : "decision", Score.Of(metric, compared.Difference), Score.Defined(compared.PValue))
        {
            RunScore = Score.Of(metric, compared.First),
            ReferenceScore = Score.Of(metric, compared.Second),
        };
    }

    /// <summary>The same differences with p values corrected by Holm's method for all of them.</summary>
    internal static RunDifference[] Adjusted(IReadOnlyList<RunDifference> differences)
    {
        var adjusted = HolmAdjustment.Adjust([.. differences.Select(d => d.PValue ?? double.NaN)]);
        return [.. differences.Select((d, i) => d with { AdjustedPValue = Score.Defined(adjusted[i]) })];
    }

    private static List<Pair> PairsOf(RunFolder run, ScoredSamples[] first, RunFolder reference, ScoredSamples[] second, bool commonOnly, ref int leftOut)
    {
        var pairs = new List<Pair>();
        foreach (var task in first)
        {
            if (Array.Find(second, t => t.Task == task.Task) is not { } other)
                continue;
            var mine = task.Samples.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
            var theirs = other.Samples.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
            var common = mine.Intersect(theirs, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            var apart = mine.Count + theirs.Count - (2 * common.Count);
            if (apart > 0 && !commonOnly)
                throw Apart(run, reference, task.Task, mine, theirs);
            leftOut += apart;
            if (common.Count > 0)
                pairs.Add(new Pair(task.Task, task.Kind, task.Extra, task.Metrics[0], apart == 0 ? task.Samples : task.Only(common), apart == 0 ? other.Samples : other.Only(common)));
        }

        return pairs;
    }

    private static EhrR1Exception Apart(RunFolder run, RunFolder reference, string task, HashSet<string> mine, HashSet<string> theirs)
    {
        var (onlyMine, onlyTheirs) = (mine.Where(id => !theirs.Contains(id)).Order(StringComparer.Ordinal).ToArray(), theirs.Where(id => !mine.Contains(id)).Order(StringComparer.Ordinal).ToArray());
        var example = onlyMine.Concat(onlyTheirs).First();
        return new EhrR1Exception(
            $"The two runs were not asked the same samples: of task {task}, {onlyMine.Length} stand in {run.Name} alone and {onlyTheirs.Length} in {reference.Name} alone, such as {example}",
            $"{run.Name}, {reference.Name}",
            "Compare runs on the same benchmark with the same tasks and limit, or compare what both were asked with 'ehr-r1 compare --common'");
    }

    private static ScoredSamples[] Attempted(RunFolder run)
        => [.. ScoredSamples.Of(run, run.ReadAnswers(), new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal), out _).Where(t => t.Answered > 0)];

    private sealed record Pair(string Task, TaskKind Kind, bool Extra, IMetric Metric, IReadOnlyList<AnsweredSample> First, IReadOnlyList<AnsweredSample> Second);
}
