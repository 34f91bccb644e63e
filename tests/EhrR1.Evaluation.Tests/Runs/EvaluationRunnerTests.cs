using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Evaluation.Tests;

public sealed class EvaluationRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EvaluationRunner _runner = new(new StoppedClock());
    private readonly string _bench;

    public EvaluationRunnerTests() => _bench = TinyBench.Write(_folder.PathOf("bench"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Benchmark_AsksEverySampleOnceAndKeepsTheAnswer()
    {
        var model = new ScriptedModel();
        var run = await _runner.RunAsync(model, Options("a"));
        model.Asked.Count.ShouldBe(12 * 2 * 5);
        model.Asked.Distinct().Count().ShouldBe(model.Asked.Count);
        var answers = run.ReadAnswers();
        answers.Keys.ShouldBe(model.Asked, ignoreOrder: true);
        answers["labevents-1-0"].Output.ShouldNotBeNullOrEmpty();
        answers["Inpatient_Mortality-1-0"].PYes.ShouldNotBeNull().ShouldBeInRange(0.05, 0.95);
        answers.Values.ShouldAllBe(a => a.PromptSha256.Length == 64);
        var manifest = run.ReadManifest();
        (manifest.State, manifest.Samples, manifest.Answered, manifest.Unanswered, manifest.Errors).ShouldBe((RunState.Complete, 120, 120, 0, 0));
        manifest.Benchmark.Select(f => f.Sha256).ShouldBe(Directory.GetFiles(_bench).Order(StringComparer.Ordinal).Select(FileHash.OfFile));
    }

    [Fact]
    public async Task RunAsync_LogCutOffAnywhere_GoesOnAndAsksNothingTwice()
    {
        var whole = await _runner.RunAsync(new ScriptedModel(), Options("whole"));
        var log = File.ReadAllBytes(whole.AnswersFile);
        var expected = RunScorer.Score(whole);
        var manifest = whole.ReadManifest() with { State = RunState.Unfinished };
        await Gen.Int[0, log.Length].SampleAsync(
            async cut =>
            {
                // What a kill leaves: the manifest of the start, and the log up to some byte.
                whole.Write(manifest);
                File.WriteAllBytes(whole.AnswersFile, log[..cut]);
                var kept = log[..cut].Count(b => b == '\n');
                var model = new ScriptedModel();
                await _runner.RunAsync(model, Options("whole"));
                model.Asked.Count.ShouldBe(120 - kept);
                var again = RunScorer.Score(whole);
                (again with { AnswersSha256 = "" }).ShouldBeEquivalentTo(expected with { AnswersSha256 = "" });
                whole.ReadManifest().State.ShouldBe(RunState.Complete);
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task RunAsync_FinishedRun_AsksNothing()
    {
        var first = await _runner.RunAsync(new ScriptedModel(), Options("a"));
        var bytes = File.ReadAllText(first.AnswersFile);
        var model = new ScriptedModel();
        var second = await _runner.RunAsync(model, Options("a"));
        model.Asked.ShouldBeEmpty();
        File.ReadAllText(second.AnswersFile).ShouldBe(bytes);
    }

    [Fact]
    public async Task RunAsync_FolderOfAnotherRun_IsRefused()
    {
        await _runner.RunAsync(new ScriptedModel(), Options("a"));
        var other = new ScriptedModel { Settings = new() { ["temperature"] = 1 } };
        var error = await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(other, Options("a")));
        error.Message.ShouldContain("scripted");
        other.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_SomeCallsFail_RunIsPartialAndTheyAreAskedAgain()
    {
        var model = new ScriptedModel { Fails = id => id.EndsWith("-3-0", StringComparison.Ordinal) };
        var run = await _runner.RunAsync(model, Options("a"));
        (run.ReadManifest().State, run.ReadManifest().Errors).ShouldBe((RunState.Partial, 5));
        File.ReadAllText(run.AnswersFile).ShouldNotContain("the text of a prompt");
        RunScorer.Score(run).Tasks.ShouldAllBe(t => t.Unanswered == 1);

        await _runner.RunAsync(model, Options("a"));
        model.Asked.Count.ShouldBe(120 + 5);
        (run.ReadManifest().State, run.ReadManifest().Errors, run.ReadManifest().Resumed).ShouldBe((RunState.Complete, 0, 1));
    }

    [Fact]
    public async Task RunAsync_TooManyCallsFail_Stops()
    {
        var error = await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(new ScriptedModel { Fails = _ => true }, Options("a") with { ErrorsAtMost = 3 }));
        error.Message.ShouldContain("HttpRequestException");
        error.Message.ShouldNotContain("the text of a prompt");
    }

    [Fact]
    public async Task RunAsync_TasksAndLimit_AskTheFirstOfEach()
    {
        var model = new ScriptedModel();
        var run = await _runner.RunAsync(model, Options("a") with { Tasks = ["labevents", "ICU_Readmission"], Limit = 3 });
        model.Asked.ShouldBe(["labevents-1-0", "labevents-1-1", "labevents-2-0", "ICU_Readmission-1-0", "ICU_Readmission-1-1", "ICU_Readmission-2-0"], ignoreOrder: true);
        run.ReadSamples().Count().ShouldBe(6);
        await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(model, Options("b") with { Tasks = ["no such task"] }));
    }

    [Fact]
    public async Task RunAsync_NoFolderNamed_TakesTheNextNumberOrTheUnfinishedRun()
    {
        var options = new EvaluationOptions { Source = _bench };
        var first = await _runner.RunAsync(new ScriptedModel { Name = "my/model" }, options);
        first.Name.ShouldBe("my_model-1");
        (await _runner.RunAsync(new ScriptedModel { Name = "my/model" }, options)).Name.ShouldBe("my_model-2");
        first.Write(first.ReadManifest() with { State = RunState.Unfinished });
        (await _runner.RunAsync(new ScriptedModel { Name = "my/model" }, options)).Name.ShouldBe("my_model-1");
        RunFolder.Of(_bench).Select(r => r.Name).ShouldBe(["my_model-1", "my_model-2"]);
    }

    [Fact]
    public async Task RunAsync_NoBenchmark_SaysHowToMakeOne()
        => (await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(new ScriptedModel(), new EvaluationOptions { Source = _folder.FullPath }))).Message.ShouldContain("ehr-r1 bench");

    [Fact]
    public async Task RunAsync_BaselineWithoutWorkspace_IsRefused()
        => (await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(new BaselineSource("prior"), Options("a")))).Message.ShouldContain("training patients");

    private EvaluationOptions Options(string run) => new() { Source = _bench, Out = _folder.PathOf(run), Concurrency = 1 };
}
