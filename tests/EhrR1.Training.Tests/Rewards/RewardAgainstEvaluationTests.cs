using CsCheck;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Training.Tests;

/// <summary>The same completions as a stored run that evaluation scores, and as requests for rewards.</summary>
public sealed class RewardAgainstEvaluationTests
{
    private const int Samples = 200;
    private static readonly RewardFunction _published = new();

    [Fact]
    public void Score_OfARun_HasTheMeansThatEvaluationReports() => Rewarded.Completions.Select(c => c.Replace("\ud83d", "", StringComparison.Ordinal)).Where(c => c.Length > 0).Array[Samples].Sample(Compare, iter: 2, threads: 1);

    private static void Compare(string[] completions)
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.FullPath);
        run.Write(new RunManifest { Model = "policy", Fingerprint = "f", Benchmark = [], BenchmarkFolder = ".", Started = DateTimeOffset.UnixEpoch });
        var requests = completions.SelectMany((c, i) => new[]
        {
            Rewarded.Decision(c) with { SampleId = $"prescriptions-{i}-d" },
            Rewarded.Risk(c, happened: i % 3 == 0, pYes: i % 2 == 0 ? (i % 11) / 10.0 : null) with { SampleId = $"Inpatient_Mortality-{i}-r" },
        }).ToList();
        using (var samples = AppendLog<RunSample>.Open(run.SamplesFile))
        using (var answers = AppendLog<RunAnswer>.Open(run.AnswersFile))
        {
            foreach (var (number, request) in requests.Index())
            {
                samples.Append(new RunSample { Id = request.SampleId!, Task = request.Task.Name, Kind = request.Task.Kind, SubjectId = number, Labels = request.Labels });
                answers.Append(new RunAnswer { Id = request.SampleId!, Task = request.Task.Name, PromptSha256 = "", Output = request.Completion, PYes = request.PYes, Finish = FinishReason.Stop });
            }
        }

        var scores = RunScorer.Score(run, new ScoringOptions { Replicates = 2 }, TestContext.Current.CancellationToken);
        double Reported(string task, string metric) => scores.Tasks.Single(t => t.Task == task).Scores.Single(s => s.Metric == metric).Value!.Value;
        double Mean(TaskKind kind, Func<RewardTerms, double> term) => requests.Where(r => r.Task.Kind == kind).Average(r => term(_published.Score(r).Terms));
        Mean(TaskKind.Decision, t => t.Accuracy).ShouldBe(Reported("prescriptions", "f1_strict"), 1e-4);
        Mean(TaskKind.Risk, t => 1 - t.Calibration).ShouldBe(Reported("Inpatient_Mortality", "brier"), 1e-4);
    }
}
