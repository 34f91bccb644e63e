using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Batches;

public sealed class BatchAnswersTests : IDisposable
{
    private static readonly string[] _ids = [.. Enumerable.Range(0, 12).Select(i => RequestHash.Of("m", BatchRequestFileTests.Request($"{i}")))];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_AnswersOfEachService_AreRead()
    {
        var openAi = new JsonObject { ["id"] = "batch_req_1", ["custom_id"] = _ids[0], ["response"] = new JsonObject { ["status_code"] = 200, ["request_id"] = "r", ["body"] = Replies.Chat("one", "two", "three") }, ["error"] = null };
        var early = new JsonObject { ["id"] = "vllm-1", ["custom_id"] = _ids[1], ["response"] = Replies.Chat("a", "b", "c"), ["error"] = null };
        using var answers = Open(openAi, early);
        var found = answers.Find(_ids[0], 3).ShouldNotBeNull();
        found.Completions.Select(c => c.Text).ShouldBe(["one", "two", "three"]);
        found.Usage.ShouldBe(new TokenUsage(10, 6, 4));
        answers.Find(_ids[1], 3)!.Completions.Select(c => c.Text).ShouldBe(["a", "b", "c"]);
        answers.Find(_ids[2], 3).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"custom_id":"ID","response":{"status_code":400,"request_id":"r","body":{"error":{"message":"SECRET is too long","type":"invalid_request_error","code":"context_length_exceeded"}}},"error":null}""", "status 400, context_length_exceeded")]
    [InlineData("""{"custom_id":"ID","response":null,"error":{"code":"batch_expired","message":"SECRET"}}""", "batch_expired")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":400,"request_id":"r","body":null},"error":{"error":{"message":"SECRET","type":"BadRequestError","param":null,"code":400}}}""", "status 400, BadRequestError")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":400,"request_id":"r","body":null},"error":"SECRET went wrong"}""", "status 400")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":200,"body":{"choices":[]}},"error":null}""", "holds no completion")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":200,"body":{"data":"SECRET"}},"error":null}""", "cannot be read")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":200,"body":{"choices":[{"text":"SECRET"}]}},"error":null}""", "not of the protocol's form")]
    [InlineData("""{"custom_id":"ID","response":{"status_code":200,"body":{"choices":[{"index":0,"finish_reason":"error","message":{"content":"SECRET"}}]}},"error":null}""", "The endpoint failed")]
    [InlineData("""{"custom_id":"ID"}""", "no response")]
    public void Report_FailedRequest_IsNamedWithoutAWordOfTheAnswer(string line, string reason)
    {
        using var answers = Open(line.Replace("ID", _ids[0], StringComparison.Ordinal));
        answers.Expect(_ids[0]);
        answers.Find(_ids[0], 1).ShouldBeNull();
        var report = answers.Report();
        (report.Lines, report.Failed, report.Taken, report.Foreign).ShouldBe((1, 1, 0, 0));
        var fault = report.Faults.ShouldHaveSingleItem();
        (fault.Kind, fault.File, fault.Line).ShouldBe((BatchLineFaultKind.Failed, "0.jsonl", 1));
        fault.Reason.ShouldContain(reason);
        fault.Reason.ShouldNotContain("SECRET");
    }

    [Fact]
    public void Find_RefusedByTheServicesFilter_IsAnEmptyChainOfThatKind()
    {
        using var answers = Open("""{"custom_id":"ID","response":{"status_code":400,"body":{"error":{"code":"content_filter","message":"x"}}},"error":null}""".Replace("ID", _ids[0], StringComparison.Ordinal));
        answers.Find(_ids[0], 2)!.Completions.ShouldBe([new Completion("", FinishReason.Filtered), new Completion("", FinishReason.Filtered)]);
    }

    [Fact]
    public void Report_LinesOfEveryKind_AreCountedAndNamedByTheirPlace()
    {
        File.WriteAllText(_folder.PathOf("first.jsonl"), string.Join("\r\n", "\uFEFF" + Good(0), "", Good(0, "again"), Good(1), Failed(2), Good(3), "no json", """{"custom_id":"request-1","response":null}""") + "\r\n" + Good(4)[..200]);
        File.WriteAllLines(_folder.PathOf("second.jsonl"), [Good(2, "better"), Failed(1), Good(9)]);
        using var answers = BatchAnswers.Open([_folder.PathOf("first.jsonl"), _folder.PathOf("second.jsonl")], TestContext.Current.CancellationToken);
        foreach (int known in new[] { 0, 1, 2, 3, 4 })
            answers.Expect(_ids[known]);
        new[] { 0, 1, 2 }.Select(i => answers.Find(_ids[i], 1)!.Completions[0].Text).ShouldBe(["0", "1", "better"]);
        answers.Find(_ids[4], 1).ShouldBeNull();

        var report = answers.Report();
        (report.Lines, report.Taken, report.Known, report.Failed, report.Duplicate, report.Foreign, report.Damaged).ShouldBe((11, 3, 1, 0, 2, 2, 2));
        report.Faults.Select(f => (f.Kind, f.File, f.Line)).ShouldBe(
        [
            (BatchLineFaultKind.Duplicate, "first.jsonl", 3), (BatchLineFaultKind.Damaged, "first.jsonl", 7), (BatchLineFaultKind.Foreign, "first.jsonl", 8), (BatchLineFaultKind.Damaged, "first.jsonl", 9),
            (BatchLineFaultKind.Duplicate, "second.jsonl", 2), (BatchLineFaultKind.Foreign, "second.jsonl", 3),
        ]);
        report.Faults[3].Reason.ShouldBe("the file stops within it");
    }

    [Fact]
    public void Find_FewerCompletionsThanAskedFor_AreThoseOfASmallerRequest()
    {
        using var answers = Open(Good(0));
        answers.Expect(_ids[0]);
        answers.Find(_ids[0], 3)!.Completions.Count.ShouldBe(1);
        answers.Fit(_ids[0], _ids[1]);
        answers.Find(_ids[1], 1)!.Completions[0].Text.ShouldBe("0");
        var report = answers.Report();
        (report.Short, report.Taken, report.Foreign).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void Open_LinesLongerThanTheBuffer_AreRead()
    {
        var text = new string('x', 300_000);
        using var answers = Open(Good(0, text), Good(1));
        answers.Find(_ids[0], 1)!.Completions[0].Text.ShouldBe(text);
        answers.Find(_ids[1], 1)!.Completions[0].Text.ShouldBe("1");
    }

    [Fact]
    public void Open_NoSuchFile_SaysWhichOne() =>
        Should.Throw<EhrR1Exception>(() => BatchAnswers.Open([_folder.PathOf("none.jsonl")], TestContext.Current.CancellationToken)).Where.ShouldBe(_folder.PathOf("none.jsonl"));

    private static string Good(int id, string? text = null) =>
        new JsonObject { ["custom_id"] = _ids[id], ["response"] = new JsonObject { ["status_code"] = 200, ["body"] = Replies.Chat(text ?? $"{id}") }, ["error"] = null }.ToJsonString();

    private static string Failed(int id) => """{"custom_id":"ID","response":null,"error":{"code":"batch_cancelled","message":"x"}}""".Replace("ID", _ids[id], StringComparison.Ordinal);

    private BatchAnswers Open(params JsonNode[] lines) => Open([.. lines.Select(l => l.ToJsonString())]);

    private BatchAnswers Open(params string[] lines)
    {
        File.WriteAllLines(_folder.PathOf("0.jsonl"), lines);
        return BatchAnswers.Open([_folder.PathOf("0.jsonl")], TestContext.Current.CancellationToken);
    }
}
