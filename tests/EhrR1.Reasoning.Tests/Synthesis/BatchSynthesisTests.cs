using System.Text.Json.Nodes;
using EhrR1.Models;
using EhrR1.Reasoning.Tests.Narration;

namespace EhrR1.Reasoning.Tests.Synthesis;

public sealed class BatchSynthesisTests : IDisposable
{
    private const int Chains = 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnswerAsync_OfTheWholeBatch_GivesTheBytesOfALiveRun()
    {
        var live = await SynthesisRun.RunAsync(Samples, new Answering(), Teacher, _folder.PathOf("live"), Options, cancellationToken: TestContext.Current.CancellationToken);
        await WriteAsync("batch");
        var (report, answers) = await AnswerAsync("batch", Answer(Requests("batch.jsonl"), 3));

        Chain("batch").ShouldBe(Chain("live"));
        report.Tasks.ShouldBe(live.Tasks);
        report.Usage.ShouldBe(live.Usage);
        (answers.Lines, answers.Taken, answers.Known, answers.Short).ShouldBe((6, 6, 0, 0));

        // A live run goes on with what the batch has answered: nothing is asked.
        var model = new Answering();
        await SynthesisRun.RunAsync(Samples, model, Teacher, _folder.PathOf("batch"), Options, cancellationToken: TestContext.Current.CancellationToken);
        model.Asked.ShouldBe(0);
        Chain("batch").ShouldBe(Chain("live"));
    }

    [Fact]
    public async Task AnswerAsync_InTwoParts_AsksAgainOnlyForWhatIsMissing()
    {
        await SynthesisRun.RunAsync(Samples, new Answering(), Teacher, _folder.PathOf("live"), Options, cancellationToken: TestContext.Current.CancellationToken);
        await WriteAsync("batch");
        var requests = Requests("batch.jsonl");
        List<string> first = [.. Answer(requests.Take(3), 3), Error(requests[3]), Answer([requests[4]], 3).Single()[..80]];

        var (report, answers) = await AnswerAsync("batch", first, rest: "rest.jsonl");
        report.Missing.ShouldBe(3);
        (answers.Taken, answers.Failed, answers.Damaged).ShouldBe((3, 1, 1));
        File.ReadAllLines(_folder.PathOf("batch", SynthesisRun.ChainsFile)).Length.ShouldBe(9);
        Requests("rest.jsonl").Select(r => r["custom_id"]!.ToString()).ShouldBe(requests.Skip(3).Select(r => r["custom_id"]!.ToString()));

        // All answers together, those that are known already too.
        (report, answers) = await AnswerAsync("batch", [.. first, .. Answer(Requests("rest.jsonl"), 3)]);
        report.Missing.ShouldBe(0);
        (answers.Taken, answers.Known, answers.Foreign, answers.Failed).ShouldBe((3, 3, 0, 0));
        Chain("batch").ShouldBe(Chain("live"));
    }

    [Fact]
    public async Task AnswerAsync_OneChoiceALine_IsCompletedByFurtherBatches()
    {
        await WriteAsync("batch");
        var (report, answers) = await AnswerAsync("batch", Answer(Requests("batch.jsonl"), 1), rest: "second.jsonl");
        (report.Missing, answers.Short).ShouldBe((6, 6));
        var second = Requests("second.jsonl");
        second.ShouldAllBe(r => (int)r["body"]!["n"]! == 2 && (int)r["body"]!["seed"]! == 1);

        (report, answers) = await AnswerAsync("batch", Answer(second, 1), rest: "third.jsonl");
        (report.Missing, answers.Short).ShouldBe((6, 6));
        var third = Requests("third.jsonl");
        third.ShouldAllBe(r => r["body"]!["n"] == null && (int)r["body"]!["seed"]! == 2);

        (report, answers) = await AnswerAsync("batch", Answer(third, 1));
        (report.Missing, answers.Short, report.Tasks.Single().Chains).ShouldBe((0, 0, 18));
        // Tokens of each part once.
        report.Usage.ShouldBe(new TokenUsage(18 * 100, 18 * 10));
        File.ReadAllLines(_folder.PathOf("batch", SynthesisRun.ChainsFile)).Take(3).Select(l => JsonNode.Parse(l)!["chain"]!.ToString()[^2..]).ShouldBe([" 0", " 1", " 2"]);
    }

    [Fact]
    public async Task AnswerAsync_OtherSettingsThanTheBatchs_TakesNothing()
    {
        await WriteAsync("batch");
        var (report, answers) = await AnswerAsync("batch", Answer(Requests("batch.jsonl"), 3), template: "without-knowledge");
        (report.Missing, answers.Foreign, answers.Taken).ShouldBe((6, 6, 0));
    }

    [Fact]
    public async Task AskLaterAsync_AfterAnswers_WritesNothing()
    {
        await WriteAsync("batch");
        await AnswerAsync("batch", Answer(Requests("batch.jsonl"), 3));
        (await WriteAsync("batch", "again.jsonl")).ShouldBe(6);
        File.Exists(_folder.PathOf("again.jsonl")).ShouldBeFalse();
    }

    private static SynthesisOptions Options => new() { Chains = Chains, Concurrency = 2 };

    private static ModelTeacher Teacher(ILanguageModel model) => Teacher(model, "with-knowledge");

    private static ModelTeacher Teacher(ILanguageModel model, string template) =>
        new(model, TeacherTemplate.Get(template), new PromptBudget(new EstimatedTokenCounter()), 30_000, new SamplingSettings { Temperature = 0.5, MaxNewTokens = 200, Seed = 0 });

    private static IEnumerable<TaughtSample> Samples() => Enumerable.Range(1, 6).Select(i =>
    {
        var sample = Ward.Sample("prescriptions", "Furosemide");
        sample = sample with { Row = sample.Row with { Id = $"prescriptions-{i}-0000000000000000" }, Input = sample.Input + $"\n\nPatient {i}" };
        return new TaughtSample(sample, Ward.Graph(sample, (Ward.Fact("loop diuretics", Knowledge.TermKind.DrugClass, "Loop diuretics", "medrecon", 0), "Furosemide", "Loop diuretics > has member drug > Furosemide")));
    });

    private async Task<long> WriteAsync(string run, string file = "batch.jsonl")
    {
        using var requests = BatchRequestFile.Begin(_folder.PathOf(file), BatchService.Vllm);
        long answered = await BatchSynthesis.AskLaterAsync(Samples, "answering", Teacher, _folder.PathOf(run), Options, requests, TestContext.Current.CancellationToken);
        requests.Commit();
        return answered;
    }

    private async Task<(SynthesisReport Report, BatchAnswerReport Answers)> AnswerAsync(string run, IEnumerable<string> lines, string? rest = null, string template = "with-knowledge")
    {
        await File.WriteAllLinesAsync(_folder.PathOf("answers.jsonl"), lines, TestContext.Current.CancellationToken);
        using var answers = BatchAnswers.Open([_folder.PathOf("answers.jsonl")], TestContext.Current.CancellationToken);
        using var requests = rest is null ? null : BatchRequestFile.Begin(_folder.PathOf(rest), BatchService.Vllm);
        var report = await BatchSynthesis.AnswerAsync(Samples, "answering", m => Teacher(m, template), _folder.PathOf(run), Options, answers, requests, TestContext.Current.CancellationToken);
        requests?.Commit();
        return (report, answers.Report());
    }

    private string Chain(string run) => File.ReadAllText(_folder.PathOf(run, SynthesisRun.ChainsFile));

    private List<JsonNode> Requests(string file) => [.. File.ReadLines(_folder.PathOf(file)).Select(l => JsonNode.Parse(l)!)];

    private static IEnumerable<string> Answer(IEnumerable<JsonNode> requests, int most) => requests.Select(r =>
    {
        var body = r["body"]!;
        int count = Math.Min(most, (int?)body["n"] ?? 1), seed = (int)body["seed"]!;
        var choices = Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["index"] = i, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = Answering.Text(body["messages"]![1]!["content"]!.ToString(), seed + i) } });
        var reply = new JsonObject { ["choices"] = new JsonArray([.. choices]), ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 10 * count } };
        return new JsonObject { ["id"] = "1", ["custom_id"] = r["custom_id"]!.ToString(), ["response"] = new JsonObject { ["status_code"] = 200, ["request_id"] = "2", ["body"] = reply }, ["error"] = null }.ToJsonString();
    });

    private static string Error(JsonNode request) => new JsonObject { ["custom_id"] = request["custom_id"]!.ToString(), ["response"] = null, ["error"] = new JsonObject { ["code"] = "batch_expired" } }.ToJsonString();

    /// <summary>Answers by the prompt and the number of the completion.</summary>
    private sealed class Answering : ILanguageModel
    {
        private int _asked;

        public string Name => "answering";

        public int Asked => _asked;

        public static string Text(string prompt, int number) => $"## Final Results\n{prompt.Length} {prompt[..20].Trim()} {number}";

        public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _asked);
            var completions = Enumerable.Range(0, request.Completions).Select(i => new Completion(Text(request.Prompt.Messages[^1].Text, (int)request.Sampling.Seed! + i), FinishReason.Stop));
            return Task.FromResult(new GenerationResponse([.. completions], new TokenUsage(100, 10L * request.Completions)));
        }

        public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default) => Task.FromResult<AnswerScores?>(null);
    }
}
