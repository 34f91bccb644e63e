using System.Text.Json;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation.Tests;

public sealed class RunScorerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EvaluationRunner _runner = new(new StoppedClock());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_Again_GivesTheSameBytesOnAnyThreads()
    {
        var run = await Run();
        RunScorer.ScoreAndSave(run);
        var bytes = File.ReadAllText(run.ScoresFile);
        foreach (var threads in new[] { 1, 2, 5 })
        {
            RunScorer.ScoreAndSave(run, new ScoringOptions { Threads = threads });
            File.ReadAllText(run.ScoresFile).ShouldBe(bytes);
        }

        JsonSerializer.Serialize(RunScorer.ReadOrScore(run), EvaluationJson.Options).ShouldBe(bytes.TrimEnd('\n'));
    }

    [Fact]
    public async Task Score_OfASinglePatient_HasNoInterval()
    {
        var bench = TinyBench.Write(_folder.PathOf("single"), patients: 1);
        var run = await _runner.RunAsync(new ScriptedModel(), new EvaluationOptions { Source = bench, Out = _folder.PathOf("alone") });
        RunScorer.Score(run).Tasks.SelectMany(t => t.Scores).Where(s => s.Value is not null).ShouldAllBe(s => s.Low == null && s.High == null);
        RunScorer.Score(await Run()).Tasks.ShouldAllBe(t => t.Headline!.Low != null);
    }

    [Fact]
    public async Task Score_Means_AreThePlainMeansOfTheTasks()
    {
        var run = await Run();
        var scores = RunScorer.Score(run);
        var answers = run.ReadAnswers();
        double F1(string task) => run.ReadSamples().Where(s => s.Task == task).Average(s => SetScore.Of(answers[s.Id].Output!, s.Labels).F1);
        double Area(string task)
        {
            var samples = run.ReadSamples().Where(s => s.Task == task).Select(s => (P: answers[s.Id].PYes!.Value, Yes: s.Labels[0] == "yes")).ToArray();
            return samples.Where(s => s.Yes).SelectMany(_ => samples.Where(s => !s.Yes), (y, n) => y.P > n.P ? 1.0 : y.P == n.P ? 0.5 : 0).Average();
        }

        foreach (var task in TinyBench.Tasks.Where(t => TaskCatalog.Get(t).Kind == TaskKind.Decision))
            scores.Task(task)!.Headline!.Value!.Value.ShouldBe(F1(task), 1e-12);
        scores.Mean("decision")!.Score.Value!.Value.ShouldBe((F1("labevents") + F1("services")) / 2, 1e-12);
        scores.Mean("decision_with_extra")!.Score.Value!.Value.ShouldBe((F1("labevents") + F1("services") + F1("pyxis")) / 3, 1e-12);
        scores.Mean("risk")!.Score.Value!.Value.ShouldBe((Area("Inpatient_Mortality") + Area("ICU_Readmission")) / 2, 1e-12);
        (scores.Mean("decision")!.Tasks, scores.Mean("decision")!.Of, scores.Mean("risk")!.Tasks, scores.Mean("risk")!.Of).ShouldBe((2, 24, 2, 18));
        scores.Means.ShouldAllBe(m => m.Score.Low <= m.Score.Value && m.Score.Value <= m.Score.High);
    }

    [Fact]
    public async Task Score_TaskThatIsDeclined_IsInNoMean()
    {
        var run = await Run(new ScriptedModel { Declines = q => q.Task is "services" or "discharge" }, discharge: true);
        var scores = RunScorer.Score(run);
        (scores.Task("services")!.Attempted, scores.Task("services")!.Scores.Count).ShouldBe((false, 0));
        scores.Task("discharge")!.Attempted.ShouldBeFalse();
        scores.Mean("decision")!.Score.Value.ShouldBe(scores.Task("labevents")!.Headline!.Value);
    }

    [Fact]
    public async Task Score_FreeText_IsRougeAndInNoMean()
    {
        var run = await Run(new ScriptedModel { Declines = _ => false }, discharge: true);
        var scores = RunScorer.Score(run);
        scores.Task("discharge")!.Headline!.Metric.ShouldBe("rouge1");
        scores.Mean("decision")!.Tasks.ShouldBe(2);
        scores.Mean("decision_with_extra")!.Tasks.ShouldBe(3);
    }

    [Fact]
    public async Task Score_SampleWithoutAnswer_CountsAsWrongOrAsOneHalf()
    {
        var run = await Run(new ScriptedModel { Declines = q => q.Id.EndsWith("-1-0", StringComparison.Ordinal) });
        var scores = RunScorer.Score(run);
        scores.Tasks.ShouldAllBe(t => t.Unanswered == 1 && t.Attempted);
        var answers = run.ReadAnswers();
        var brier = run.ReadSamples().Where(s => s.Task == "Inpatient_Mortality")
            .Average(s => Math.Pow((answers[s.Id].PYes ?? 0.5) - (s.Labels[0] == "yes" ? 1 : 0), 2));
        scores.Task("Inpatient_Mortality")!.Scores.Single(s => s.Metric == "brier").Value!.Value.ShouldBe(brier, 1e-12);
    }

    [Fact]
    public async Task Score_WithNaturalPrevalence_WeightsAllButTheAuroc()
    {
        var run = await Run();
        run.Write(run.ReadManifest() with { NaturalPrevalence = new Dictionary<string, double> { ["Inpatient_Mortality"] = 0.05 } });
        var task = RunScorer.Score(run).Task("Inpatient_Mortality")!;
        task.NaturalPrevalence.ShouldBe(0.05);
        task.NaturalScores.Select(s => s.Metric).ShouldBe(["auprc", "brier", "ece"]);
        task.NaturalScores[0].Value!.Value.ShouldBeLessThan(task.Scores.Single(s => s.Metric == "auprc").Value!.Value);
        task.Reliability.Sum(p => p.Samples).ShouldBe(task.Samples);
        (task.Roc[0].X, task.Roc[^1].Y).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Score_Groups_HoldEverySampleOfTheirTasks()
    {
        var scores = RunScorer.Score(await Run());
        scores.Groups.Select(g => g.Grouping).Distinct().ShouldBe(["sex", "age", "admission_type"]);
        foreach (var group in scores.Groups)
            group.Groups.Sum(g => g.Samples).ShouldBe(2 * 12 * 2);
        scores.Groups.Single(g => g is { Grouping: "sex", Mean: "decision" }).Groups.Select(g => (g.Group, g.Patients)).ShouldBe([("F", 6), ("M", 6)]);
    }

    [Fact]
    public async Task Score_PatientsNotNamed_SaysSo()
    {
        var scores = RunScorer.Score(await Run(namesPatients: false));
        scores.ByPatient.ShouldBeFalse();
        scores.Task("labevents")!.Patients.ShouldBe(24);
        RunScorer.Score(await Run(name: "named")).ByPatient.ShouldBeTrue();
    }

    [Fact]
    public async Task Compare_RunWithItself_HasNoDifference()
    {
        var run = await Run();
        foreach (var difference in RunComparison.Of(run, run))
            (difference.Difference.Value, difference.Difference.Low, difference.Difference.High, difference.PValue).ShouldBe((0, 0, 0, 1));
    }

    private async Task<RunFolder> Run(ScriptedModel? model = null, bool discharge = false, bool namesPatients = true, string name = "run")
    {
        var bench = TinyBench.Write(_folder.PathOf(name + "-bench"), namesPatients: namesPatients, discharge: discharge);
        return await _runner.RunAsync(model ?? new ScriptedModel(), new EvaluationOptions { Source = bench, Out = _folder.PathOf(name), Concurrency = 1 });
    }
}
