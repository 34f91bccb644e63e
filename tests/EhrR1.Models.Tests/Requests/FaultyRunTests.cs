using System.Collections.Concurrent;
using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Requests;

/// <summary>Whole runs over a server that fails in every way: they end complete, or say exactly what is missing, and go on.</summary>
public sealed class FaultyRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ServerWithEveryFault_EndsCompleteWithEachPaidOnce()
    {
        var tries = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var server = await FakeEndpoint.StartAsync(a =>
        {
            // Every question meets another fault the first time, and every third one once more.
            var number = int.Parse(a.PromptText);
            var tried = tries.AddOrUpdate(a.PromptText, 1, (_, n) => n + 1);
            return tried > (number % 3 == 0 ? 2 : 1) ? a.AnswerAsync(Replies.Chat($"answer {number}")) : (number % 8) switch
            {
                0 => a.RefuseAsync(429, "slow down", null, null, ("Retry-After", "2")),
                1 => a.RefuseAsync(500, "oh"),
                2 => a.CutAsync(),
                3 => a.AnswerAsync("{ not json"),
                4 => a.AnswerAsync("<html>", type: "text/html"),
                5 => a.AnswerAsync("""{"choices":[]}"""),
                6 => a.RefuseAsync(503, "loading"),
                _ => a.AnswerAsync(Replies.Chat($"answer {number}")),
            };
        });
        using var endpoint = await server.OpenAsync();
        using var model = LoggedModel.Open(new ResilientModel(endpoint, time: new JumpingTime()), _folder.PathOf("log"));
        var report = await AskAsync(model, 200);
        report.IsComplete.ShouldBeTrue();
        model.Count.ShouldBe(200);
        var calls = server.ChatRequests.Count;
        (await AskAsync(model, 200)).IsComplete.ShouldBeTrue();
        server.ChatRequests.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task Run_ServerThatDiesHalfWay_SaysWhatIsMissingAndGoesOn()
    {
        var log = _folder.PathOf("log");
        var dying = await FakeEndpoint.StartAsync();
        var answered = 0;
        dying.Routes["/v1/chat/completions"] = a =>
        {
            if (Interlocked.Increment(ref answered) <= 60)
                return a.AnswerAsync(Replies.Chat("answer " + a.PromptText));
            a.Http.Abort();
            return Task.CompletedTask;
        };
        RequestReport report;
        using (var endpoint = await dying.OpenAsync())
        using (var model = LoggedModel.Open(new ResilientModel(endpoint, time: new JumpingTime()), log))
            report = await AskAsync(model, 100);
        await dying.DisposeAsync();
        (report.Done, report.Missing).ShouldBe((60, 40));
        Should.Throw<EhrR1Exception>(report.ThrowIfStopped).Message.ShouldContain("40 of 100 requests are missing");

        await using var back = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat("answer " + a.PromptText)));
        using var next = await back.OpenAsync();
        using var resumed = LoggedModel.Open(new ResilientModel(next, time: new JumpingTime()), log);
        (await AskAsync(resumed, 100)).IsComplete.ShouldBeTrue();
        back.ChatRequests.Count.ShouldBe(40);
    }

    private static async Task<RequestReport> AskAsync(ILanguageModel model, int count) => await new RequestEngine(new RequestEngineOptions { Concurrency = 8 }).RunAsync(
        Enumerable.Range(0, count), i => $"{i}",
        async (i, token) =>
        {
            var response = await model.GenerateAsync(Questions.Generation($"{i}"), token);
            response.Completions[0].Text.ShouldBe($"answer {i}");
            return response.Usage;
        },
        cancellationToken: TestContext.Current.CancellationToken);
}
