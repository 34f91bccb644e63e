using System.Globalization;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Hospital.Tests;

/// <summary>Whether what a model reads tells something of each outcome, but no more than the truth does: the trees of the baseline, cross-validated over patients.</summary>
public sealed class TreeTests(LargeHospital hospital) : IClassFixture<LargeHospital>
{
    private const int Folds = 4;
    private const int MostOfAnOutcome = 900;
    private const double Least = 0.6;

    // A dozen outcomes to learn from and a dozen to be asked about tell little either way: there it must only not be shown to be below.
    private const int FewOutcomes = 50;

    // Trees see a sample of the patients; by chance they may seem to know more than there is to know.
    private const double Luck = 0.03;

    [Fact]
    public async Task Trees_OfRiskTasks_KnowMoreThanNothingAndNoMoreThanTheTruth()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Workspace.Create(folder.File("workspace"), new WorkspaceManifest { Profile = "strict", Seed = 42 });
        await ChartBuild.RunAsync(workspace, new BuildOptions { Source = hospital.Folder.Path, Workspace = workspace.Folder, Profile = ChartProfile.Strict }, cancellationToken: TestContext.Current.CancellationToken);
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Tasks = [.. TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Risk).Select(t => t.Name)] });
        var samples = Read(workspace);
        var answers = Enumerable.Range(0, Folds).SelectMany(fold => Predict(samples, fold)).ToLookup(a => a.Task, StringComparer.Ordinal);

        var found = new List<string>();
        foreach (var (family, members) in hospital.Families)
        {
            var truth = members.ToDictionary(s => KeyOf(family, long.Parse(s.Hadm.Length > 0 ? s.Hadm : "0", CultureInfo.InvariantCulture), s.Subject, s.From));
            foreach (var task in members[0].Outcomes.Keys)
            {
                var asked = answers[task].ToList();
                var trees = Auroc.Of([.. asked.Select(a => (a.Probability, a.Label))]);
                var known = Auroc.Of([.. asked.Select(a => (truth[KeyOf(family, a.Row.HadmId ?? 0, $"{a.Row.SubjectId}", a.Row.AnchorTime)].Truth[task], a.Label))]);
                var positives = asked.Count(a => a.Label);
                var least = Least - (positives < FewOutcomes ? 1.64 * StandardError(Least, positives, asked.Count - positives) : 0);
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{task}: trees {trees:F3}, truth {known:F3}, {positives} of {asked.Count}{(trees >= least && trees <= known + Luck ? "" : $" (out of bounds: {least:F3} to {known + Luck:F3})")}"));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', found));
        found.Count.ShouldBe(18);
        found.ShouldAllBe(f => !f.Contains("out of bounds", StringComparison.Ordinal), string.Join('\n', found));
    }

    private static string KeyOf(string family, long hadmId, string subject, DateTime from) => family == "discharge" ? $"{hadmId}" : $"{subject} {from:s}";

    // Hanley and McNeil 1982.
    private static double StandardError(double auroc, double positives, double negatives)
    {
        var q1 = auroc / (2 - auroc);
        var q2 = 2 * auroc * auroc / (1 + auroc);
        return Math.Sqrt(((auroc * (1 - auroc)) + ((positives - 1) * (q1 - (auroc * auroc))) + ((negatives - 1) * (q2 - (auroc * auroc)))) / (positives * negatives));
    }

    // Samples of all patients: the folds, not the workspace's split, keep apart who is fitted on and who is asked.
    private static List<(TaskIndexRow Row, TaskQuestion Question)> Read(Workspace workspace)
    {
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        // An id ends in a hash, so this is a draw.
        var chosen = index.ReadAll().GroupBy(r => (r.Task, r.Labels[0])).SelectMany(g => g.OrderBy(r => r.Id[^16..], StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal).Take(MostOfAnOutcome)).ToLookup(r => r.SubjectId);
        var builder = new SampleBuilder(ChartProfile.Strict, candidates: null, index.Manifest.HasDischargeNotes);
        var samples = new List<(TaskIndexRow, TaskQuestion)>();
        foreach (var chart in charts.ReadAll())
        {
            foreach (var row in chosen[chart.SubjectId])
                samples.Add((row, new TaskQuestion(row.Id, row.Task, builder.Build(chart, row).Prompt)));
        }

        return samples;
    }

    private static IEnumerable<(string Task, TaskIndexRow Row, double Probability, bool Label)> Predict(List<(TaskIndexRow Row, TaskQuestion Question)> samples, int fold)
    {
        var train = samples.Where(s => s.Row.SubjectId % Folds != fold).Select(s => new TrainingSample(s.Question, s.Row.SubjectId, "train", s.Row.Labels));
        var model = Baselines.Fit(Baselines.Gbm, train);
        return samples.Where(s => s.Row.SubjectId % Folds == fold).AsParallel().AsOrdered().Select(s =>
        {
            var scores = model.ScoreAnswersAsync(new AnswerScoringRequest(ModelPrompt.Of(s.Question), ["yes", "no"])).Result!;
            return (s.Row.Task, s.Row, scores.ShareOfFirst(), s.Row.Labels[0] == "yes");
        }).ToList();
    }
}
