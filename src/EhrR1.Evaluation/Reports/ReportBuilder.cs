using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Puts one or more stored runs into a report.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class ReportBuilder(TimeProvider? time = null)
{
    /// <summary>Builds the report; runs that have no scores yet, or old ones, are scored.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="options">How they are scored; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how many runs are done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">There are no runs, or files are missing or damaged.</exception>
    public EvaluationReport Build(IReadOnlyList<RunFolder> runs, ScoringOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0)
            throw new EhrR1Exception("There are no runs to report", null, "Make one with 'ehr-r1 eval <workspace> --model prior'");
        var scored = new List<ReportRun>();
        foreach (var run in runs)
        {
            scored.Add(new ReportRun(run.Name, run.ReadManifest(), RunScorer.ReadOrScore(run, options, cancellationToken)));
            progress?.Report(new StageProgress("Scoring runs", scored.Count, runs.Count, "runs"));
        }

        var benchmark = scored[0].Manifest.BenchmarkFolder;
        var workspace = Path.GetDirectoryName(benchmark) is { } parent && Workspace.Exists(parent) ? parent : null;
        var synthetic = scored.TrueForAll(r => r.Manifest.Synthetic);
        return new EvaluationReport
        {
            Program = Workspace.ProgramVersion,
            Written = (time ?? TimeProvider.System).GetUtcNow(),
            Workspace = workspace is null ? null : Path.GetFileName(workspace),
            Synthetic = synthetic,
            Runs = scored,
            Differences = Differences(runs, scored, options, cancellationToken),
            Data = workspace is null ? null : DataOf(workspace),
            Audit = AuditOf(Path.Combine(benchmark, BenchmarkFiles.Audit)),
            Examples = ReportExamples.Choose(runs, synthetic),
        };
    }

    /// <summary>Writes a report as one self-contained HTML file and, beside it, as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <param name="html">The HTML file; the JSON file has the same name with the ending <c>.json</c>.</param>
    /// <exception cref="EhrR1Exception">The files cannot be written.</exception>
    public static void Write(EvaluationReport report, string html)
    {
        AtomicFile.WriteText(html, Render(report));
        AtomicFile.WriteText(Path.ChangeExtension(html, ".json"), ToJson(report));
    }

    /// <summary>The report as a page of HTML that needs nothing from outside.</summary>
    public static string Render(EvaluationReport report) => ReportPage.Render(report);

    /// <summary>The report as JSON.</summary>
    public static string ToJson(EvaluationReport report) => JsonSerializer.Serialize(report, EvaluationJson.Options) + "\n";

    private static TaskAudit[]? AuditOf(string path)
        => File.Exists(path) ? EvaluationJson.Read<BenchmarkResult>(path, "Make the benchmark again with 'ehr-r1 bench'").Audit.ToArray() : null;

    private static ReportData DataOf(string folder)
    {
        using var workspace = Workspace.Open(folder);
        return ReportData.Of(workspace.Manifest);
    }

    // Each family is held against the baseline that is best in it; runs on other samples have nothing to be held against.
    private static RunDifference[] Differences(IReadOnlyList<RunFolder> runs, List<ReportRun> scored, ScoringOptions? options, CancellationToken cancellationToken)
    {
        // As the command compares, so that page and command say the same.
        options ??= new ScoringOptions { Replicates = RunComparison.DefaultReplicates };
        var differences = new List<RunDifference>();
        foreach (var mean in new[] { "decision", "risk" })
        {
            var best = scored
                .Select((r, i) => (Index: i, r.Manifest, Value: r.Scores.Mean(mean)?.Score.Value))
                .Where(r => Baselines.Names.Contains(r.Manifest.Model) && r.Value is not null)
                .OrderByDescending(r => r.Value)
                .ThenBy(r => r.Index)
                .FirstOrDefault((-1, scored[0].Manifest, null));
            for (var i = 0; i < runs.Count && best.Index >= 0; i++)
            {
                if (i != best.Index && scored[i].Manifest.Benchmark.SequenceEqual(best.Manifest.Benchmark) && scored[i].Manifest.Samples == best.Manifest.Samples)
                    differences.AddRange(RunComparison.Of(runs[i], runs[best.Index], options, cancellationToken).Where(d => d.Mean == mean));
            }
        }

        return RunComparison.Adjusted(differences);
    }
}
