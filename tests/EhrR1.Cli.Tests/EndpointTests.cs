using System.Diagnostics;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Cli.Tests;

/// <summary>Models behind endpoints by the command line, over a server of the tests' own.</summary>
public sealed class EndpointTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    private const int Kills = 10;

    [Fact]
    public async Task Eval_KilledTenTimes_GivesTheSameScores()
    {
        await hospital.SucceedAsync("bench", "w", "--per-task", "4");
        await using var server = await FakeEndpoint.StartAsync(AnswerAsync);
        var whole = await hospital.SucceedAsync("eval", "w", "--model", $"{server.Root}/v1#tiny", "--out", "whole");
        whole.Error.ShouldContain("tiny at http://127.0.0.1:");
        var asked = server.ChatRequests.Count;

        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = Start("eval", "w", "--model", $"{server.Root}/v1#tiny", "--out", "killed", "--concurrency", "2");
            var left = random.Next(1, asked / (Kills + 2));
            server.Routes["/v1/chat/completions"] = async a =>
            {
                if (IsOfASample(a) && Interlocked.Decrement(ref left) == 0)
                    child.Kill();
                await AnswerAsync(a);
            };
            var said = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            child.ExitCode.ShouldNotBe(ExitCode.Done, said);
            left.ShouldBeLessThanOrEqualTo(0, said);
        }

        server.Routes["/v1/chat/completions"] = AnswerAsync;
        await hospital.SucceedAsync("eval", "w", "--model", $"{server.Root}/v1#tiny", "--out", "killed");
        var answers = File.ReadAllLines(hospital.PathOf("killed", "answers.jsonl"));
        answers.Length.ShouldBe(asked);
        Scores("killed").ShouldBe(Scores("whole"));
    }

    [Fact]
    public async Task Eval_DryRun_ReachesNobodyAndShowsAPrompt()
    {
        var ran = await hospital.SucceedAsync("eval", "w", "--model", "http://127.0.0.1:9/v1#Qwen3-8B", "--dry-run", "--prices", "0.15,0.60", "--limit", "2");
        foreach (var line in new[] { "Requests:", "profile qwen3", "Cost:        at most", "USD", "--- user ---", "Given the sequence of events", "Nothing was asked" })
            ran.Out.ShouldContain(line);
    }

    [Theory]
    [InlineData(null, "patients' data may not leave it")]
    [InlineData("""{ "dataMayLeave": true }""", "no reason is given")]
    [InlineData("""{ "dataMayLeave": true, "dataMayLeaveReason": "agreement 12" }""", "not encrypted")]
    [InlineData("""{ "dataMayLeave": "yes" }""", "Write true or false")]
    public async Task Eval_EndpointOutside_IsRefused(string? settings, string why)
    {
        await hospital.SucceedAsync("bench", "w", "--per-task", "4");
        // A network for documentation (RFC 5737): nothing answers there.
        string[] arguments = ["eval", "w", "--model", "http://203.0.113.7/v1#gpt"];
        if (settings is not null)
        {
            File.WriteAllText(hospital.PathOf("outside.json"), settings);
            arguments = [.. arguments, "--settings", "outside.json"];
        }

        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(why);
    }

    [Fact]
    public async Task Eval_Key_StandsInNoFileAndNoMessage()
    {
        await hospital.SucceedAsync("bench", "w", "--per-task", "4");
        await using var server = await FakeEndpoint.StartAsync(AnswerAsync);
        File.WriteAllText(hospital.PathOf("key.txt"), "sk-secret-4711\n");
        var ran = await hospital.SucceedAsync("eval", "w", "--model", $"{server.Root}/v1", "--key-file", "key.txt", "--limit", "1", "--tasks", "labevents,LengthOfStay_3day", "--out", "keyed");
        server.Requests.ShouldAllBe(r => r.Authorization == "Bearer sk-secret-4711");
        (ran.Out + ran.Error).ShouldNotContain("sk-secret");
        foreach (var file in Directory.EnumerateFiles(hospital.PathOf("keyed"), "*", SearchOption.AllDirectories))
            File.ReadAllText(file).ShouldNotContain("sk-secret", Case.Sensitive, file);
        (await hospital.SucceedAsync("report", "keyed", "--out", "keyed.html")).Out.ShouldContain("keyed.html");
        File.ReadAllText(hospital.PathOf("keyed.html")).ShouldNotContain("sk-secret");
    }

    [Theory]
    [InlineData("no-such-model", "is no model for --model")]
    [InlineData("http://127.0.0.1:9/v1#x", "The endpoint does not answer")]
    public async Task Eval_ModelThatIsNotThere_IsTheUsersError(string model, string why)
    {
        await hospital.SucceedAsync("bench", "w", "--per-task", "4");
        var ran = await hospital.RunAsync("eval", "w", "--model", model);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(why);
    }

    [Fact]
    public async Task Eval_RealServer_AnswersAndScores()
    {
        var server = Environment.GetEnvironmentVariable("EHR_R1_LLM");
        Assert.SkipUnless(server is { Length: > 0 }, "EHR_R1_LLM names no server.");
        await hospital.SucceedAsync("bench", "w", "--per-task", "4");
        var ran = await hospital.SucceedAsync("eval", "w", "--model", server!, "--tasks", "services,labevents", "--limit", "2", "--candidates", "false", "--context", "400", "--max-new-tokens", "8", "--out", "real", "--json");
        ran.Error.ShouldContain("on this machine");
        using var done = System.Text.Json.JsonDocument.Parse(ran.Out);
        done.RootElement.GetProperty("answered").GetInt32().ShouldBe(4);
        var answers = File.ReadAllText(hospital.PathOf("real", "answers.jsonl"));
        answers.ShouldContain("\"cut_tokens\":");
        answers.ShouldContain("\"finish\":\"length\"");
    }

    private static bool IsOfASample(Asked asked) => !asked.PromptText.Contains("two plus two", StringComparison.Ordinal);

    private static Task AnswerAsync(Asked asked) => asked.Body!["top_logprobs"] is not null
        ? asked.AnswerAsync(Replies.FirstTokens(("yes", 0.01 + (0.9 * (asked.PromptText.Length % 97 / 97.0))), ("no", 0.05)))
        : asked.AnswerAsync(Replies.Chat(asked.PromptText.Length % 2 == 0 ? "Sodium" : "Potassium\nGlucose"));

    // The program itself, as the launcher starts it.
    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(CliApplication).Assembly.Location, .. arguments])
    {
        WorkingDirectory = hospital.PathOf(),
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    private string Scores(string run)
    {
        var text = File.ReadAllLines(hospital.PathOf(run, "scores.json"));
        // Answers come in another order and take another time.
        return string.Join('\n', text.Where(l => !l.Contains("sha256", StringComparison.Ordinal) && !l.Contains("latency", StringComparison.Ordinal)));
    }
}
