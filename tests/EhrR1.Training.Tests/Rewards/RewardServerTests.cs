using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class RewardServerTests
{
    private static readonly RewardServerOptions _anyPort = new() { Port = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OneItem_AnswersItsRewardAndTerms()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var reply = await client.PostAsJsonAsync("/reward", new { completion = Rewarded.Completion(answer: "Digoxin"), ground_truth = "[\"Spironolactone\",\"Digoxin\"]", task = "prescriptions" }, Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = JsonNode.Parse(await reply.Content.ReadAsStringAsync(Token))!;
        ((double)body["reward"]!).ShouldBe(1 + (2.0 / 3), 1e-12);
        body["terms"]!.AsObject().Select(t => t.Key).ShouldBe(["accuracy", "format"]);
    }

    [Fact]
    public async Task Post_Batch_IsWhatTheFunctionGivesItemByItem()
    {
        using var folder = new TemporaryFolder();
        var id = Rewarded.Build(folder.PathOf("w"));
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", cancellationToken: Token);
        var function = new RewardFunction(new RewardOptions { Weights = new RewardWeights { Grounding = 0.5, Calibration = 0.5 } });
        await using var server = await RewardServer.StartAsync(function, contexts, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        var requests = new List<RewardRequest>();
        Rewarded.Completions.Select(c => c.Replace("\ud83d", "", StringComparison.Ordinal)).Sample(
            c =>
            {
                requests.Add(Rewarded.Decision(c) with { SampleId = id });
                requests.Add(Rewarded.Risk(c, happened: c.Length % 2 == 0, pYes: c.Length % 3 == 0 ? 0.3 : null));
            },
            iter: 100, threads: 1);
        foreach (var asText in new[] { true, false })
        {
            var items = requests.Select(r => new JsonObject
            {
                ["completion"] = r.Completion,
                ["ground_truth"] = asText ? r.Labels is ["yes" or "no"] ? r.Labels[0] : new JsonArray([.. r.Labels.Select(l => (JsonNode)l)]).ToJsonString() : new JsonArray([.. r.Labels.Select(l => (JsonNode)l)]),
                [asText ? "task" : "data_source"] = asText ? r.Task.Name : "ehr-ins/" + r.Task.Name,
                ["id"] = r.SampleId,
                ["p_yes"] = r.PYes,
            });
            var body = await PostAsync(client, new JsonObject { ["items"] = new JsonArray([.. items]) }.ToJsonString());
            var rewards = body["rewards"]!.AsArray();
            rewards.Count.ShouldBe(requests.Count);
            for (int i = 0; i < requests.Count; i++)
            {
                var expected = function.Score(requests[i].Task.Kind == Tasks.TaskKind.Decision ? requests[i] with { Context = contexts.Find(id) } : requests[i]);
                ((double)rewards[i]!["reward"]!).ShouldBe(expected.Total, 1e-12);
                rewards[i]!["terms"]!.AsObject().Select(t => (t.Key, (double)t.Value!)).ShouldBe(expected.Terms.Named());
            }
        }

        var health = JsonNode.Parse(await client.GetStringAsync("/health", Token))!;
        ((long)health["terms"]!["reward"]!["count"]!).ShouldBe(2 * requests.Count);
        ((long)health["failed"]!).ShouldBe(0);
    }

    [Theory]
    [InlineData("{", "no JSON: line 1, byte 2")]
    [InlineData("7", "neither an item nor a list")]
    [InlineData("{\"items\": 7}", "\"items\" is no list")]
    [InlineData("{\"task\": \"poe\", \"ground_truth\": \"[]\"}", "\"completion\" is missing")]
    [InlineData("{\"completion\": \"x\", \"ground_truth\": \"[]\"}", "\"task\" is missing")]
    [InlineData("{\"completion\": \"x\", \"task\": \"secret words\", \"ground_truth\": \"[]\"}", "names no task")]
    [InlineData("{\"completion\": \"x\", \"task\": \"poe\"}", "\"ground_truth\" is missing")]
    [InlineData("{\"completion\": \"x\", \"task\": \"poe\", \"ground_truth\": \"secret words\"}", "no list of texts")]
    [InlineData("{\"completion\": \"x\", \"task\": \"poe\", \"ground_truth\": [1]}", "no list of texts")]
    [InlineData("{\"completion\": 7, \"task\": \"poe\", \"ground_truth\": \"[]\"}", "\"completion\" is no text")]
    [InlineData("{\"completion\": \"\\ud83d\", \"task\": \"poe\", \"ground_truth\": \"[]\"}", "half a character")]
    [InlineData("{\"completion\": \"x\", \"task\": \"Inpatient_Mortality\", \"ground_truth\": \"[]\"}", "yes or no")]
    [InlineData("{\"completion\": \"x\", \"task\": \"Inpatient_Mortality\", \"ground_truth\": \"yes\", \"p_yes\": \"a\"}", "\"p_yes\" is no number")]
    [InlineData("{\"completion\": \"x\", \"task\": \"Inpatient_Mortality\", \"ground_truth\": \"yes\", \"p_yes\": 2}", "no probability")]
    public async Task Post_WrongBody_SaysWhatIsWrongAndNothingOfTheText(string body, string expected)
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        var error = await PostAsync(client, body, HttpStatusCode.BadRequest);
        error.ToJsonString().ShouldContain(expected.Replace("\"", "\\u0022", StringComparison.Ordinal), Case.Insensitive);
        error.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Post_BatchWithWrongItems_NamesThemAndScoresNone()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        var items = Enumerable.Range(0, 20).Select(i => i is 3 or 17 ? "{\"id\": \"poe-" + i + "\", \"completion\": \"x\", \"task\": \"poe\"}" : "{\"completion\": \"x\", \"task\": \"poe\", \"ground_truth\": \"[\\\"x\\\"]\"}");
        var error = await PostAsync(client, $"[{string.Join(',', items)}]", HttpStatusCode.BadRequest);
        ((string)error["error"]!["message"]!).ShouldBe("2 of 20 items cannot be scored; none was.");
        error["error"]!["items"]!.AsArray().Select(f => ((int)f!["item"]!, (string)f["id"]!)).ShouldBe([(3, "poe-3"), (17, "poe-17")]);
        ((long)JsonNode.Parse(await client.GetStringAsync("/health", Token))!["requests"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Post_TooLongOrTooMany_IsRefused()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort with { MostBytes = 1_000, MostItems = 2 }, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        await PostAsync(client, $"[\"{new string('x', 2_000)}\"]", HttpStatusCode.RequestEntityTooLarge);
        ((string)(await PostAsync(client, "[1,2,3]", HttpStatusCode.BadRequest))["error"]!["message"]!).ShouldContain("3 items, more than 2");
    }

    [Theory]
    [InlineData("GET", "/reward", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/health", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    public async Task Send_ElsewhereOrOtherwise_IsAnErrorAsJson(string method, string path, HttpStatusCode status)
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await client.SendAsync(request, Token);
        reply.StatusCode.ShouldBe(status);
        JsonNode.Parse(await reply.Content.ReadAsStringAsync(Token))!["error"]!["message"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Get_Version_SaysWhatIsRewarded()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(new RewardOptions { Calibration = CalibrationRule.BrierStep }), null, _anyPort, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        var version = JsonNode.Parse(await client.GetStringAsync("/version", Token))!;
        ((double)version["settings"]!["weights"]!["accuracy"]!).ShouldBe(1);
        ((string)version["settings"]!["calibration"]!).ShouldBe("brier-step");
        ((bool)version["workspace"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Post_ManyAtOnceWithLittleMemory_AllWaitAndAllAreAnswered()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort with { MostBytes = 4_096, MostBytesAtOnce = 4_096 }, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        var body = new JsonObject { ["completion"] = Rewarded.Completion(), ["ground_truth"] = "[\"Digoxin\"]", ["task"] = "prescriptions" }.ToJsonString();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => PostAsync(client, body)));
        replies.Select(r => (double)r["reward"]!).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Start_PortThatIsTaken_IsTheUsersError()
    {
        await using var server = await RewardServer.StartAsync(new RewardFunction(), null, _anyPort, Token);
        (await Should.ThrowAsync<EhrR1Exception>(() => RewardServer.StartAsync(new RewardFunction(), null, _anyPort with { Port = server.Address.Port }, Token))).Message.ShouldContain("cannot listen");
        (await Should.ThrowAsync<EhrR1Exception>(() => RewardServer.StartAsync(Rewarded.Grounded(), null, _anyPort, Token))).Message.ShouldContain("--workspace");
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync(new Uri("/reward", UriKind.Relative), content, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        reply.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }
}
