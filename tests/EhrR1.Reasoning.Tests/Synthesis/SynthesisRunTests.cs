using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Reasoning.Tests.Narration;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests.Synthesis;

public sealed class SynthesisRunTests
{
    [Fact]
    public async Task RunAsync_StoppedAtEveryMoment_AsksNothingTwiceAndEndsWithTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = new Scripted();
        await RunAsync(undisturbed, folder.PathOf("once"));
        var whole = File.ReadAllBytes(folder.PathOf("once", SynthesisRun.ChainsFile));
        undisturbed.Asked.ShouldBe(Samples().Count());

        for (int stop = 1; stop <= Samples().Count(); stop++)
        {
            var to = folder.PathOf($"stopped-{stop}");
            using var stopping = new CancellationTokenSource();
            var first = new Scripted { StopAfter = stop, Stop = stopping };
            await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(first, to, stopping.Token));
            File.Exists(Path.Combine(to, SynthesisRun.ChainsFile)).ShouldBeFalse();

            var second = new Scripted();
            var report = await RunAsync(second, to);

            (first.Answered + second.Asked).ShouldBe(Samples().Count());
            File.ReadAllBytes(Path.Combine(to, SynthesisRun.ChainsFile)).ShouldBe(whole);
            report.Missing.ShouldBe(0);
            // What the first run paid for is in the sum.
            report.Usage.Completion.ShouldBe(Samples().Count() * 2 * 10);
            Directory.GetFiles(to, "*.partial").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task RunAsync_BudgetUsedUp_WritesWhatIsThereAndSaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        // Each call reserves half of its bytes and what it may write, and uses 120: the fourth does not fit.
        var prompt = TeacherTemplate.Get("with-knowledge").Render(Samples().First().Sample, Samples().First().Graph);
        long reserved = (prompt.Messages.Sum(m => System.Text.Encoding.UTF8.GetByteCount(m.Text)) / 2) + 400;
        var model = new MeteredModel(new Scripted(), new Ledger(budget: new Budget { Tokens = reserved + 300 }));

        var report = await SynthesisRun.RunAsync(Samples, model, Teacher, folder.FullPath, new SynthesisOptions { Chains = 2, Concurrency = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        report.Stopped.ShouldNotBeNull().ShouldContain("budget");
        report.Missing.ShouldBe(3);
        File.ReadAllLines(folder.PathOf(SynthesisRun.ChainsFile)).Length.ShouldBe((int)(2 * (Samples().Count() - report.Missing)));
    }

    [Fact]
    public async Task RunAsync_AnotherTemplate_IsAnotherQuestion()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(new Scripted(), folder.FullPath);
        var model = new Scripted();

        var report = await SynthesisRun.RunAsync(
            Samples, model, m => Teacher(m, "without-knowledge"), folder.FullPath, new SynthesisOptions { Chains = 2, Concurrency = 2 }, cancellationToken: TestContext.Current.CancellationToken);

        model.Asked.ShouldBe(Samples().Count());
        report.Template.ShouldBe("without-knowledge@1");
        (await File.ReadAllLinesAsync(folder.PathOf(SynthesisRun.ChainsFile), TestContext.Current.CancellationToken)).ShouldAllBe(l => l.Contains("without-knowledge@1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TellAsync_Narrator_WritesItsChainsInTheOrderOfTheSamples()
    {
        using var folder = new TemporaryFolder();
        var narrator = new Narrator(3);

        var report = await SynthesisRun.TellAsync(Samples, new NarratorTeacher(narrator), folder.FullPath, new SynthesisOptions { Chains = 2 }, TestContext.Current.CancellationToken);

        var chains = File.ReadAllLines(folder.PathOf(SynthesisRun.ChainsFile)).Select((l, i) => ReasoningChainJson.Parse(l, "chains", i + 1)).ToList();
        chains.ShouldBe(Samples().SelectMany(s => Enumerable.Range(0, 2).Select(v => narrator.Tell(s.Sample, s.Graph!, v)! with { Finish = FinishReason.Stop })), new SameChain());
        report.Tasks.Single().ShouldBe(new SynthesisTask("prescriptions", 6, 6, 6, 12, 0, 0));
    }

    [Fact]
    public async Task TeachAsync_NarratorWithALimit_TellsOnlyWhatIsLeftOfTheRecord()
    {
        var (sample, graph) = (Samples().First().Sample, Samples().First().Graph!);
        var question = EstimatedTokenCounter.Count(CaseText.Question(sample.Instruction, thinks: true));
        var whole = EstimatedTokenCounter.Count(sample.Input) + question + 1;

        Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> Tell(int limit) =>
            new NarratorTeacher(new Narrator(3), new PromptBudget(new EstimatedTokenCounter()), limit).TeachAsync(new TaughtSample(sample, graph), 1, TestContext.Current.CancellationToken);

        (await Tell(whole)).Chains.ShouldHaveSingleItem().Text.ShouldBe(new Narrator(3).Tell(sample, graph)!.Chain);
        (await Tell(question + 4)).Chains.ShouldBeEmpty("the end of the record holds no fact");
        await Should.ThrowAsync<EhrR1Exception>(() => Tell(question - 1));
    }

    [Fact]
    public async Task TeachAsync_NarratorWithTokensForAChain_TellsAsManyFactsAsFit()
    {
        var narrator = new Narrator(3);
        var lengths = new HashSet<int>();
        foreach (var (sample, graph) in WardCases.All())
        {
            var told = Enumerable.Range(1, Narrator.MostFacts).Select(f => narrator.Tell(sample, graph, 0, f)!.Chain).ToList();
            lengths.UnionWith(told.Select(EstimatedTokenCounter.Count));
            for (int f = 0; f < told.Count; f++)
            {
                var most = EstimatedTokenCounter.Count(told[f]);
                (await Tell(most)).ShouldBe(told.Last(t => EstimatedTokenCounter.Count(t) <= most));
            }

            (await Tell(EstimatedTokenCounter.Count(told[0]) - 1)).ShouldBeNull("Not even one fact for each item fits.");

            async Task<string?> Tell(int most) =>
                (await new NarratorTeacher(narrator, new PromptBudget(new EstimatedTokenCounter()), most: most).TeachAsync(new TaughtSample(sample, graph), 1, TestContext.Current.CancellationToken)).Chains.SingleOrDefault()?.Text;
        }

        lengths.Count.ShouldBeGreaterThan(WardCases.All().Count(), "Some chains have more than one fact for an item.");
    }

    [Fact]
    public async Task TellAsync_StoppedWhileWriting_LeavesWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf(SynthesisRun.ChainsFile), "before");
        using var stop = new CancellationTokenSource();
        IEnumerable<TaughtSample> Stopping() => Samples().Select((s, i) =>
        {
            if (i == 3)
                stop.Cancel();
            return s;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => SynthesisRun.TellAsync(Stopping, new NarratorTeacher(new Narrator()), folder.FullPath, new SynthesisOptions(), stop.Token));

        Directory.GetFiles(folder.FullPath).ShouldBe([folder.PathOf(SynthesisRun.ChainsFile)]);
        File.ReadAllText(folder.PathOf(SynthesisRun.ChainsFile)).ShouldBe("before");
    }

    private static Task<SynthesisReport> RunAsync(Scripted model, string folder, CancellationToken cancellationToken = default) =>
        SynthesisRun.RunAsync(Samples, model, Teacher, folder, new SynthesisOptions { Chains = 2, Concurrency = 2 }, cancellationToken: cancellationToken);

    private static ModelTeacher Teacher(ILanguageModel model) => Teacher(model, "with-knowledge");

    private static ModelTeacher Teacher(ILanguageModel model, string template) =>
        new(model, TeacherTemplate.Get(template), new PromptBudget(new EstimatedTokenCounter()), 30_000, new SamplingSettings { Temperature = 0.5, MaxNewTokens = 200 });

    private static IEnumerable<TaughtSample> Samples() => Enumerable.Range(1, 6).Select(i =>
    {
        var sample = Ward.Sample("prescriptions", "Furosemide");
        sample = sample with { Row = sample.Row with { Id = $"prescriptions-{i}-0000000000000000" }, Input = sample.Input + $"\n\nPatient {i}" };
        var graph = Ward.Graph(sample, (Ward.Fact("loop diuretics", TermKind.DrugClass, "Loop diuretics", "medrecon", 0), "Furosemide", "Loop diuretics > has member drug > Furosemide"));
        return new TaughtSample(sample, graph);
    });

    private sealed class SameChain : IEqualityComparer<ReasoningChain>
    {
        public bool Equals(ReasoningChain? x, ReasoningChain? y) => ReasoningChainJson.ToLine(x!) == ReasoningChainJson.ToLine(y!);

        public int GetHashCode(ReasoningChain obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Writes the same text for the same prompt, ten tokens each; may stop its run.</summary>
    private sealed class Scripted : ILanguageModel
    {
        private int _asked;
        private int _answered;

        public string Name => "scripted";

        public int StopAfter { get; init; } = int.MaxValue;

        public CancellationTokenSource? Stop { get; init; }

        public int Asked => _asked;

        public int Answered => _answered;

        public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _asked) >= StopAfter)
            {
                await Stop!.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            Interlocked.Increment(ref _answered);
            var text = request.Prompt.Messages[^1].Text;
            var completions = Enumerable.Range(0, request.Completions).Select(i => new Completion($"## Final Results\n{text.Length} {i}", FinishReason.Stop));
            return new GenerationResponse([.. completions], new TokenUsage(100, 10L * request.Completions));
        }

        public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => Task.FromResult<AnswerScores?>(null);
    }
}
