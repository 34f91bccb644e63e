using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Scores a stored run, without asking the model.</summary>
/// <remarks>Stateless; safe for use by any number of threads on different runs.</remarks>
public static class RunScorer
{
    // What a balanced draw flatters; AUROC does not depend on the prevalence.
    private static readonly IReadOnlyList<IMetric> _natural = [.. MetricCatalog.Risk.Skip(1)];

    // Rare outcomes are acted on at small probabilities, so the steps are finer there.
    private static readonly double[] _thresholds = [.. Enumerable.Range(1, 10).Select(i => i / 100.0), .. Enumerable.Range(3, 17).Select(i => i / 20.0)];

    /// <summary>Scores a run and writes its <c>scores.json</c>.</summary>
    /// <exception cref="EhrR1Exception">The run's files are missing or damaged, or the scores cannot be written.</exception>
    public static RunScores ScoreAndSave(RunFolder run, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        var scores = Score(run, options, cancellationToken);
        EvaluationJson.Write(run.ScoresFile, scores);
        return scores;
    }

    /// <summary>The stored scores of a run if they are those of its answers, else newly made and stored ones.</summary>
    /// <exception cref="EhrR1Exception">The run's files are missing or damaged, or the scores cannot be written.</exception>
    public static RunScores ReadOrScore(RunFolder run, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ScoringOptions();
        if (File.Exists(run.ScoresFile) && File.Exists(run.AnswersFile))
        {
            var known = EvaluationJson.Read<RunScores>(run.ScoresFile, "Delete the file and score the run again with 'ehr-r1 score <run>'");
            if (known.Format == RunScores.CurrentFormat && known.AnswersSha256 == FileHash.OfFile(run.AnswersFile) && known.Replicates == options.Replicates && known.Seed == options.Seed)
                return known;
        }

        return ScoreAndSave(run, options, cancellationToken);
    }

    /// <summary>Scores a run.</summary>
    /// <exception cref="EhrR1Exception">The run's files are missing or damaged.</exception>
    public static RunScores Score(RunFolder run, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new ScoringOptions();
        var manifest = run.ReadManifest();
        var groups = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var answers = run.ReadAnswers();
        var tasks = ScoredSamples.Of(run, answers, groups, out var byPatient);
        var patients = PatientIndex.Of([.. tasks.Select(t => t.Samples)]);
        var plan = new List<(ScoredSamples Task, string Part, IMetric Metric, IPreparedMetric Prepared)>();
        foreach (var task in tasks.Where(t => t.Answered > 0))
        {
            plan.AddRange(task.Metrics.Select(m => (task, "", m, m.Prepare(task.Samples, patients))));
            if (Natural(task, manifest) is { } natural)
                plan.AddRange(_natural.Select(m => (task, "natural", m, m.Prepare(natural, patients))));
            if (task.Echoes.Count > 0)
                plan.Add((task, "without echo", task.Metrics[0], task.Metrics[0].Prepare([.. task.Samples.Where(s => !task.Echoes.Contains(s.Id))], patients)));
        }

        var draws = PatientBootstrap.Run([.. plan.Select(p => p.Prepared)], patients, options.Bootstrap, cancellationToken);
        var scored = plan.Zip(draws).ToLookup(p => (p.First.Task.Task, p.First.Part), p => (p.First.Metric.Name, Draws: p.Second));
        return new RunScores
        {
            Model = manifest.Model,
            AnswersSha256 = File.Exists(run.AnswersFile) ? FileHash.OfFile(run.AnswersFile) : "",
            Replicates = options.Replicates,
            Seed = options.Seed,
            ByPatient = byPatient,
            Usage = RunUsage.Of(answers.Values),
            Tasks = [.. tasks.Select(t => Of(t, manifest, part => [.. scored[(t.Task, part)].Select(s => ScoreOf(t, s.Name, s.Draws))]))],
            Means =
            [
                .. Mean("decision", 24, tasks.Where(t => t.Kind == TaskKind.Decision && !t.Extra), "f1"),
                .. Mean("decision_strict", 24, tasks.Where(t => t.Kind == TaskKind.Decision && !t.Extra), "f1_strict"),
                .. Mean("risk", 18, tasks.Where(t => t.Kind == TaskKind.Risk), "auroc"),
                .. Mean("decision_with_extra", 27, tasks.Where(t => t.Kind == TaskKind.Decision && !t.IsFreeText), "f1"),
            ],
            Groups = [.. GroupsOf(tasks, groups, options, cancellationToken)],
        };

        IEnumerable<MeanScore> Mean(string name, int of, IEnumerable<ScoredSamples> members, string metric)
        {
            ScoreDraws[] headlines = [.. members.SelectMany(t => scored[(t.Task, "")].Where(s => s.Name == metric)).Select(s => s.Draws)];
            if (headlines.Length > 0)
                yield return new MeanScore(name, headlines.Count(h => !double.IsNaN(h.Value)), of, Evaluation.Score.Of(metric, ScoreDraws.Mean(headlines).Interval()));
        }
    }

    // Every draw of one patient is that patient: the interval would have no width and look certain.
    private static Score ScoreOf(ScoredSamples task, string metric, ScoreDraws draws)
    {
        var score = Evaluation.Score.Of(metric, draws.Interval());
        return task.Samples.DistinctBy(s => s.Patient).Skip(1).Any() ? score : score with { Low = null, High = null };
    }

    private static IReadOnlyList<AnsweredSample>? Natural(ScoredSamples task, RunManifest manifest)
        => task.Kind == TaskKind.Risk && manifest.NaturalPrevalence.TryGetValue(task.Task, out var prevalence)
            ? NaturalPrevalence.Reweight(task.Samples, prevalence)
            : null;

    private static TaskScores Of(ScoredSamples task, RunManifest manifest, Func<string, IReadOnlyList<Score>> scores)
    {
        var isRisk = task.Kind == TaskKind.Risk;
        var outcomes = isRisk && task.Answered > 0 ? BinaryOutcomes.From(Natural(task, manifest) ?? task.Samples) : null;
        return new TaskScores
        {
            Task = task.Task,
            Kind = task.Kind,
            Extra = task.Extra,
            Samples = task.Samples.Count,
            Patients = task.Samples.Select(s => s.Patient).Distinct().Count(),
            Unanswered = task.Samples.Count - task.Answered,
            Attempted = task.Answered > 0,
            Prevalence = isRisk ? (double)task.Samples.Count(s => s.IsYes) / task.Samples.Count : null,
            NaturalPrevalence = isRisk && manifest.NaturalPrevalence.TryGetValue(task.Task, out var prevalence) ? prevalence : null,
            Scores = scores(""),
            NaturalScores = scores("natural"),
            EchoShare = task.Echoes.Count > 0 ? (double)task.Echoes.Count / task.Samples.Count : null,
            WithoutEcho = scores("without echo") is [var without] ? without : null,
            FormatFailures = task.FormatFailures,
            Formats = task.Formats.ToDictionary(f => JsonNamingPolicy.SnakeCaseLower.ConvertName(f.Key.ToString()), f => f.Value, StringComparer.Ordinal),
            ProbabilitySources = task.Sources,
            DecisionCurve = outcomes is null ? [] : [.. NetBenefitPoint.Curve(outcomes, _thresholds).Select(p => new DecisionCurvePoint(p.Threshold, Rounded(p.Model, 6), Rounded(p.TreatAll, 6)))],
            Roc = outcomes is null ? [] : Thinned(RocPoint.Curve(outcomes)),
            Reliability = outcomes is null
                ? []
                : [.. ReliabilityBin.Diagram(outcomes).Where(b => b.Samples > 0).Select(b => new CurvePoint(Rounded(b.MeanPredicted), Rounded(b.ObservedRate), b.Samples))],
        };
    }

    private static IEnumerable<GroupScores> GroupsOf(
        IReadOnlyList<ScoredSamples> tasks, Dictionary<string, IReadOnlyDictionary<string, string>> groups, ScoringOptions options, CancellationToken cancellationToken)
    {
        foreach (var grouping in PatientGroups.Names.Where(name => groups.Values.Any(g => g.ContainsKey(name))))
        {
            foreach (var (mean, kind) in new[] { ("decision", TaskKind.Decision), ("risk", TaskKind.Risk) })
            {
                var members = tasks.Where(t => t.Kind == kind && !t.Extra && t.Answered > 0).ToArray();
                if (members.Length == 0)
                    continue;

                // Who has no known group (a visit without a stay has no insurance) is no group of its own: other tasks, other patients.
                IReadOnlyList<AnsweredSample>[] known = [.. members.Select(t => t.Samples.FindAll(s => groups[s.Id].ContainsKey(grouping))).Where(t => t.Count > 0)];
                if (known.Length == 0)
                    continue;
                var report = SubgroupReport.OfTasks(
                    members[0].Metrics[0], known, s => groups[s.Id].GetValueOrDefault(grouping), options.GroupPatients, options.Bootstrap, cancellationToken);
                yield return new GroupScores
                {
                    Grouping = grouping,
                    Mean = mean,
                    Groups = [.. report.Groups.Select(g => new GroupScore(g.Group, g.Samples, g.Patients, Evaluation.Score.Of(report.Metric, g.Score)))],
                    Best = report.Gap?.Best,
                    Worst = report.Gap?.Worst,
                    Gap = report.Gap is { } gap ? Evaluation.Score.Of(report.Metric, gap.Gap) : null,
                    PValue = report.Gap is { } tested ? Evaluation.Score.Defined(tested.PValue) : null,
                };
            }
        }
    }

    private static IReadOnlyList<CurvePoint> Thinned(IReadOnlyList<RocPoint> curve)
    {
        var step = Math.Max(1, curve.Count / 100);
        return [.. curve.Where((_, i) => i % step == 0 || i == curve.Count - 1).Select(p => new CurvePoint(Rounded(p.FalsePositiveRate), Rounded(p.TruePositiveRate)))];
    }

    private static double Rounded(double value, int decimals = 4) => Math.Round(value, decimals);
}
