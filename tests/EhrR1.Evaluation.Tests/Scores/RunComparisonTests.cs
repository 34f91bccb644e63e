using EhrR1.Charts;
using EhrR1.Scoring;

namespace EhrR1.Evaluation.Tests;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_ThreeRuns_HoldsEachAgainstTheFirst()
    {
        var result = RunComparison.Of([await Run("a"), await Run("b", worse: true), await Run("c")]);
        result.Reference.ShouldBe("a");
        result.Runs.ShouldBe(["b", "c"]);
        result.Means.Select(d => (d.Run, d.Reference, d.Mean)).ShouldBe([("b", "a", "decision"), ("b", "a", "risk"), ("c", "a", "decision"), ("c", "a", "risk")]);
        result.Tasks.Where(d => d.Run == "b").Select(d => d.Task).ShouldBe(["services", "labevents", "pyxis", "Inpatient_Mortality", "ICU_Readmission"], ignoreOrder: true);
        var worse = result.Means[0];
        worse.Difference.Value!.Value.ShouldBe(worse.RunScore!.Value!.Value - worse.ReferenceScore!.Value!.Value, 1e-12);
        worse.Difference.High!.Value.ShouldBeLessThan(0);
        result.Means.Where(d => d.Run == "c").ShouldAllBe(d => d.Difference.Value == 0 && d.PValue == 1);
        worse.Tasks.ShouldBe(2);
        worse.Samples.ShouldBe(48);
    }

    [Fact]
    public async Task Of_Means_AreThoseOfTheScorerAndCorrectedByHolm()
    {
        var (a, b) = (await Run("a"), await Run("b", worse: true));
        var result = RunComparison.Of([a, b]);
        result.Means[0].ReferenceScore!.Value!.Value.ShouldBe(RunScorer.Score(a).Mean("decision")!.Score.Value!.Value, 1e-12);
        result.Means[1].RunScore!.Value!.Value.ShouldBe(RunScorer.Score(b).Mean("risk")!.Score.Value!.Value, 1e-12);
        result.Tasks.Select(d => d.AdjustedPValue!.Value).ShouldBe(HolmAdjustment.Adjust([.. result.Tasks.Select(d => d.PValue!.Value)]));
    }

    [Fact]
    public async Task Of_OtherSamples_SaysWhichAndComparesTheCommonOnesWhenAsked()
    {
        var (all, some) = (await Run("all"), await Run("some", limit: 5));
        var error = Should.Throw<EhrR1Exception>(() => RunComparison.Of([all, some]));
        error.Message.ShouldContain("19 in all alone");
        error.Message.ShouldContain("--common");
        var common = RunComparison.Of([all, some], commonOnly: true);
        common.Tasks.ShouldAllBe(d => d.Samples == 5 && d.Difference.Value == 0);
        common.SamplesLeftOut.ShouldBe(5 * 19);
    }

    [Fact]
    public async Task Of_OneRunOrNoTaskInCommon_IsTheUsersError()
    {
        var run = await Run("a", tasks: ["labevents"]);
        Should.Throw<EhrR1Exception>(() => RunComparison.Of([run])).Message.ShouldContain("two runs");
        Should.Throw<EhrR1Exception>(() => RunComparison.Of([run, Run("b", tasks: ["services"]).Result])).Message.ShouldContain("no task in common");
    }

    [Fact]
    public async Task Of_PatientsNotNamed_PairsTheSamplesAllTheSame()
    {
        var (all, some) = (await Run("all", named: false), await Run("some", named: false, limit: 6));
        RunComparison.Of([all, some], commonOnly: true).Tasks.ShouldAllBe(d => d.Difference.Value == 0);
    }

    [Fact]
    public async Task Completeness_KilledRun_CountsWhatIsMissing()
    {
        var run = await Run("a");
        RunCompleteness.Of(run).IsComplete.ShouldBeTrue();
        var lines = File.ReadAllLines(run.AnswersFile);
        File.WriteAllText(run.AnswersFile, string.Join('\n', lines.Take(100)) + "\n" + lines[100][..20]);
        var found = RunCompleteness.Of(run);
        (found.Samples, found.Missing, found.NotAsked.Values.Sum()).ShouldBe((120, 20, 20));
        RunScorer.Score(run).Tasks.Sum(t => t.Unanswered).ShouldBe(20);
        File.Delete(run.SamplesFile);
        Should.Throw<EhrR1Exception>(() => RunCompleteness.Of(run)).Message.ShouldContain("nothing to score");
        Should.Throw<EhrR1Exception>(() => RunScorer.Score(run)).Message.ShouldContain("nothing to score");
    }

    private Task<RunFolder> Run(string name, bool worse = false, int? limit = null, string[]? tasks = null, bool named = true)
    {
        var bench = TinyBench.Write(_folder.PathOf(named ? "bench" : "unnamed"), namesPatients: named);
        var model = new ScriptedModel { Writes = items => worse ? "Sulphur\n" + items : items };
        return new EvaluationRunner(new StoppedClock()).RunAsync(model, new EvaluationOptions { Source = bench, Out = _folder.PathOf(name), Limit = limit, Tasks = tasks, Concurrency = 1 });
    }
}
