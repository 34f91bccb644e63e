using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Models.Tests.Endpoints;
using EhrR1.Models.Tests.Requests;
using EhrR1.Tasks;

namespace EhrR1.Evaluation.Tests;

/// <summary>Runs of a model behind an endpoint, over a server of the tests' own.</summary>
public sealed class EndpointRunTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EvaluationRunner _runner = new(new StoppedClock());
    private string _bench = "";
    private FakeEndpoint _server = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = TinyBench.Write(_folder.PathOf("bench"));
        _server = await FakeEndpoint.StartAsync(AnswerAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_Endpoint_KeepsAnswersProbabilitiesAndWhatWasFound()
    {
        var options = Options() with { Prices = new TokenPrices { PromptPerMillion = 1_000_000, CompletionPerMillion = 2_000_000 } };
        var run = await RunAsync(options, "a");
        var answers = run.ReadAnswers();
        var manifest = run.ReadManifest();
        (manifest.State, manifest.Answered, manifest.Errors, manifest.Model).ShouldBe((RunState.Complete, 120, 0, "tiny"));
        var risk = answers["Inpatient_Mortality-1-0"];
        risk.PYes!.Value.ShouldBe(0.7 / 0.9, 1e-9);
        (risk.PSource, risk.Output, risk.MaxNewTokens).ShouldBe((AnswerRungs.TopTokens, null, null));
        Math.Exp(risk.LogPYes!.Value).ShouldBe(0.7, 1e-9);
        Math.Exp(risk.LogPNo!.Value).ShouldBe(0.2, 1e-9);
        var decision = answers["labevents-1-0"];
        (decision.Output, decision.Finish, decision.CutTokens).ShouldBe(("Sodium", FinishReason.Stop, null));
        decision.PromptTokens!.Value.ShouldBeGreaterThan(20);
        ((int)manifest.Found!["context"]!, manifest.Found["rungs"]![0]!.ToString()).ShouldBe((4096, AnswerRungs.TopTokens));
        manifest.Usage.ShouldBe(answers.Values.Aggregate(default(TokenUsage), (sum, a) => sum + a.Usage));
        manifest.Cost.ShouldBe(manifest.Usage.Prompt + (2 * manifest.Usage.Completion));
        manifest.Settings["model"]!["prompts"].ShouldNotBeNull();
    }

    [Fact]
    public async Task RunAsync_TwoFiles_AskPatientByPatient()
    {
        await RunAsync(Options() with { Concurrency = 1 }, "a");
        var ages = _server.ChatRequests.Select(r => r.PromptText.Split("Anchor_Age: ")[1].Split('\n')[0]).ToList();
        ages.Count.ShouldBe(120);
        // A patient's ten samples, of both families, stand together.
        ages.Chunk(10).ShouldAllBe(of => of.Distinct().Count() == 1);
    }

    [Fact]
    public async Task RunAsync_EndpointThatStatesNoContext_LearnsItFromItsError()
    {
        var limit = ContextOf(340);
        var run = await RunAsync(Options(), "a");
        var manifest = run.ReadManifest();
        (manifest.State, manifest.Answered, (int)manifest.Found!["context"]!).ShouldBe((RunState.Complete, 120, 340));
        manifest.Cut.ShouldBeGreaterThan(0);
        run.ReadAnswers().Values.ShouldContain(a => a.CutTokens > 0);
        limit.Refused.ShouldBeGreaterThan(0);

        // The question is never cut.
        foreach (var asked in _server.ChatRequests)
            asked.PromptText.ShouldContain("Given the sequence of events");
    }

    [Fact]
    public async Task RunAsync_ContextLearnt_CutsAsIfItHadBeenKnown()
    {
        ContextOf(340);
        var known = (await RunAsync(Options() with { Prompts = new PromptOptions { Context = 340 } }, "known")).ReadAnswers();
        var learnt = (await RunAsync(Options() with { Concurrency = 8 }, "learnt")).ReadAnswers();
        // One that the server took whole before anything was learnt stays whole.
        foreach (var answer in learnt.Values.Where(a => a.CutTokens > 0))
            answer.PromptSha256.ShouldBe(known[answer.Id].PromptSha256);
        learnt.Values.ShouldContain(a => a.CutTokens > 0);
    }

    [Fact]
    public async Task RunAsync_LastSampleEndsTheRun_IsNotComplete()
    {
        // None is left behind it to be counted as not asked.
        var one = new EvaluationOptions { Source = _bench, Out = _folder.PathOf("a"), Tasks = ["labevents"], Limit = 1 };
        using var source = await EndpointSource.OpenAsync(Options(), new JumpingTime(), TestContext.Current.CancellationToken);
        _server.Routes["/v1/chat/completions"] = a => a.RefuseAsync(401, "no");
        (await Should.ThrowAsync<EhrR1Exception>(() => _runner.RunAsync(source, one, cancellationToken: TestContext.Current.CancellationToken))).What.ShouldContain("1 of 1 requests are missing");
        var run = new RunFolder(one.Out);
        (run.ReadManifest().State, run.ReadManifest().Ended, run.ReadManifest().Answered).ShouldBe((RunState.Unfinished, null, 0));

        _server.Routes["/v1/chat/completions"] = AnswerAsync;
        await _runner.RunAsync(source, one, cancellationToken: TestContext.Current.CancellationToken);
        (run.ReadManifest().State, run.ReadManifest().Answered).ShouldBe((RunState.Complete, 1));
    }

    [Fact]
    public async Task RunAsync_MoreContextAskedForThanThereIs_SaysHowMuchThereIs()
    {
        ContextOf(340);
        var error = await Should.ThrowAsync<EhrR1Exception>(() => RunAsync(Options() with { Prompts = new PromptOptions { Context = 8000 } }, "a"));
        error.What.ShouldStartWith("The model's context is 340 tokens, less than the 8000 that were asked for");
        error.WhatToDo.ShouldContain("--context 340");
        new RunFolder(_folder.PathOf("a")).ReadManifest().State.ShouldBe(RunState.Unfinished);
    }

    [Fact]
    public async Task RunAsync_StoppedTenTimes_AsksNothingTwiceAndScoresTheSame()
    {
        var expected = RunScorer.Score(await RunAsync(Options(), "whole"));
        var random = new Random(11);
        for (var stops = 0; stops < 10; stops++)
        {
            using var stop = new CancellationTokenSource();
            var left = random.Next(1, 12);
            _server.Routes["/v1/chat/completions"] = async a =>
            {
                if (!a.PromptText.Contains("two plus two", StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0)
                    await stop.CancelAsync();
                await AnswerAsync(a);
            };
            await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(Options() with { Concurrency = 3 }, "stopped", stop.Token));
            var halted = new RunFolder(_folder.PathOf("stopped"));
            (halted.ReadManifest().State, halted.ReadManifest().Answered).ShouldBe((RunState.Unfinished, halted.ReadAnswers().Count));
        }

        _server.Routes["/v1/chat/completions"] = AnswerAsync;
        var run = await RunAsync(Options(), "stopped");
        File.ReadLines(run.AnswersFile).Count().ShouldBe(120);
        run.ReadAnswers().Count.ShouldBe(120);
        run.ReadManifest().Resumed.ShouldBe(10);
        (RunScorer.Score(run) with { AnswersSha256 = "" }).Tasks.ShouldBeEquivalentTo(expected.Tasks);
    }

    [Fact]
    public async Task RunAsync_ServerThatDiesHalfWay_SaysWhatIsMissingAndGoesOn()
    {
        var answered = 0;
        _server.Routes["/v1/chat/completions"] = a =>
        {
            if (a.PromptText.Contains("two plus two", StringComparison.Ordinal) || Interlocked.Increment(ref answered) <= 50)
                return AnswerAsync(a);
            a.Http.Abort();
            return Task.CompletedTask;
        };
        var error = await Should.ThrowAsync<EhrR1Exception>(() => RunAsync(Options(), "a"));
        error.What.ShouldContain("70 of 120 requests are missing");
        var run = new RunFolder(_folder.PathOf("a"));
        (run.ReadManifest().State, run.ReadManifest().Answered).ShouldBe((RunState.Unfinished, 50));

        _server.Routes["/v1/chat/completions"] = AnswerAsync;
        await RunAsync(Options(), "a");
        (run.ReadManifest().State, run.ReadManifest().Answered).ShouldBe((RunState.Complete, 120));
    }

    [Fact]
    public async Task RunAsync_ServerWithoutProbabilities_TakesTheShareOfAnswersAndSaysSo()
    {
        var drawn = 0;
        _server.Routes["/v1/chat/completions"] = a => a.AnswerAsync(Replies.Chat(Interlocked.Increment(ref drawn) % 4 == 0 ? "No." : "yes"));
        var run = await RunAsync(Options() with { Endpoint = new EndpointOptions { Samples = 8 }, Concurrency = 1 }, "a", tasks: ["Inpatient_Mortality"]);
        run.ReadAnswers().Values.ShouldAllBe(a => a.PSource == AnswerRungs.Sampling);
        run.ReadAnswers().Values.ShouldAllBe(a => Math.Abs(a.PYes!.Value - 0.75) < 1e-9);
    }

    [Fact]
    public async Task RunAsync_ModelThatThinksAboutRisksToo_IsAskedForWholeAnswers()
    {
        _server.Routes["/v1/chat/completions"] = a => a.Body!["top_logprobs"] is not null
            ? a.AnswerAsync(Replies.FirstTokens(("<|channel|>", 0.9), ("yes", 0.001), ("no", 0.002)))
            : a.AnswerAsync(Replies.Chat("<think>It looks bad.</think>yes"));
        var run = await RunAsync(Options() with { Profile = "gpt-oss", Endpoint = new EndpointOptions { Samples = 2 } }, "a", tasks: ["Inpatient_Mortality"]);
        run.ReadAnswers().Values.ShouldAllBe(a => a.PSource == AnswerRungs.Sampling && a.PYes == 1 && a.MaxNewTokens == 1024);
    }

    [Fact]
    public async Task RunAsync_Budget_StopsBeforeItIsOverdrawn()
    {
        var options = Options() with { Prices = new TokenPrices { PromptPerMillion = 1_000_000 }, Budget = new Budget { Money = 700 }, Concurrency = 1 };
        var error = await Should.ThrowAsync<EhrR1Exception>(() => RunAsync(options, "a"));
        error.What.ShouldContain("budget of 700 USD is used up");
        var manifest = new RunFolder(_folder.PathOf("a")).ReadManifest();
        manifest.State.ShouldBe(RunState.Unfinished);
        manifest.Cost!.Value.ShouldBeInRange(1, 700);
    }

    [Fact]
    public async Task RunAsync_Shots_ComeFromThePatientsHeldOutForThem()
    {
        var folder = _folder.PathOf("workspace");
        WorkspaceWithPool.Write(folder);
        using var source = await EndpointSource.OpenAsync(Options() with { Shots = 2 }, new JumpingTime(), TestContext.Current.CancellationToken);
        var run = await _runner.RunAsync(source, new EvaluationOptions { Source = folder, Tasks = ["labevents"], Out = _folder.PathOf("a") }, cancellationToken: TestContext.Current.CancellationToken);
        run.ReadAnswers().Values.ShouldAllBe(a => a.Shots == 2);
        run.ReadManifest().ShortOfShots.ShouldBe(0);
        var ids = run.ReadManifest().Found!["shots"]!["labevents"]!.AsArray().Select(i => i!.ToString()).ToList();
        ids.Count.ShouldBe(2);
        using var workspace = Workspace.Open(folder);
        using var index = TaskIndexStore.Open(workspace);
        index.ReadAll().Where(r => ids.Contains(r.Id)).ShouldAllBe(r => r.Split == SplitNames.FewShot);
        _server.ChatRequests[0].Body!["messages"]!.AsArray().Count(m => (string?)m!["role"] == "assistant").ShouldBe(2);
        (await Should.ThrowAsync<EhrR1Exception>(() => RunAsync(Options() with { Shots = 2 }, "b"))).What.ShouldContain("few-shot pool");

        // More than the pool has.
        using var more = await EndpointSource.OpenAsync(Options() with { Shots = 1000 }, new JumpingTime(), TestContext.Current.CancellationToken);
        var few = await _runner.RunAsync(more, new EvaluationOptions { Source = folder, Tasks = ["labevents"], Out = _folder.PathOf("c") }, cancellationToken: TestContext.Current.CancellationToken);
        few.ReadManifest().ShortOfShots.ShouldBe(few.ReadManifest().Samples);
    }

    [Fact]
    public async Task Plan_Benchmark_CountsWithoutReachingTheEndpoint()
    {
        var options = Options() with { Prices = new TokenPrices { PromptPerMillion = 1_000_000, CompletionPerMillion = 1_000_000 } };
        var before = _server.Requests.Count;
        var plan = await EvaluationPlan.MakeAsync(options, new EvaluationOptions { Source = _bench }, TestContext.Current.CancellationToken);
        _server.Requests.Count.ShouldBe(before);
        (plan.Samples, plan.Risks, plan.Cut).ShouldBe((120, 48, 0));
        plan.CostAtMost.ShouldBe(plan.PromptTokens + plan.NewTokensAtMost);
        plan.Example.Prompt.Messages[^1].Text.ShouldContain("Given the sequence of events");
        var run = await RunAsync(Options(), "a");
        plan.PromptTokens.ShouldBe(run.ReadAnswers().Values.Sum(a => (long)a.PromptTokens!));
    }

    private static Task AnswerAsync(Asked asked) => asked.Body!["top_logprobs"] is not null
        ? asked.AnswerAsync(Replies.FirstTokens(("yes", 0.7), ("no", 0.2), ("maybe", 0.05)))
        : asked.AnswerAsync(Replies.Chat("Sodium"));

    private EndpointSourceOptions Options() => new() { Address = _server.Address(), Profile = "qwen2.5", Concurrency = 4 };

    private async Task<RunFolder> RunAsync(EndpointSourceOptions options, string folder, CancellationToken cancellationToken = default, IReadOnlyCollection<string>? tasks = null)
    {
        using var source = await EndpointSource.OpenAsync(options, new JumpingTime(), TestContext.Current.CancellationToken);
        return await _runner.RunAsync(source, new EvaluationOptions { Source = _bench, Out = _folder.PathOf(folder), Tasks = tasks }, cancellationToken: cancellationToken);
    }

    // A server that states no context and refuses what is longer, as vLLM words it.
    private ContextRule ContextOf(int limit)
    {
        var rule = new ContextRule();
        var models = Replies.Models("tiny");
        models["data"]![0]!.AsObject().Remove("max_model_len");
        _server.Routes["/v1/models"] = a => a.AnswerAsync(models.DeepClone());
        _server.Routes["/v1/chat/completions"] = a =>
        {
            var tokens = EstimatedTokenCounter.Count(a.PromptText);
            if (tokens + ((int?)(a.Body!["max_tokens"] ?? a.Body["max_completion_tokens"]) ?? 1) <= limit)
                return AnswerAsync(a);
            Interlocked.Increment(ref rule.Refused);
            return a.RefuseAsync(400, $"This model's maximum context length is {limit} tokens. However, you requested {tokens} tokens. Please reduce the length of the messages.", "context_length_exceeded");
        };
        return rule;
    }

    private sealed class ContextRule
    {
        public int Refused;
    }
}
