using System.ClientModel;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>Against a real llama.cpp with a model of random weights: its text is noise, its protocol, tokens and probabilities are real.</summary>
public sealed class RealServerTests
{
    [Fact]
    public async Task Open_RealServer_FindsItsModelAndItsRungs()
    {
        using var model = await OpenAiModel.OpenAsync(RealServer.Address() with { Model = null }, cancellationToken: TestContext.Current.CancellationToken);
        model.Name.ShouldBe(RealServer.Address().Model ?? model.Name);
        model.Profile.Reach.ShouldBe(EndpointReach.Loopback);
        model.Profile.Rungs.ShouldContain("top_logprobs");
        model.Profile.Rungs[^1].ShouldBe("sampling");
    }

    [Fact]
    public async Task Generate_Greedily_GivesTheSameTwiceWithinItsLimit()
    {
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [] });
        var request = Questions.Generation("What comes next?") with { Sampling = new SamplingSettings { MaxNewTokens = 5 } };
        var first = await model.GenerateAsync(request);
        (await model.GenerateAsync(request)).Completions.ShouldBe(first.Completions);
        first.Completions[0].Text.ShouldNotBeEmpty();
        first.Usage.Completion.ShouldBeInRange(1, 5);
        first.Usage.Prompt.ShouldBeGreaterThan(5);
        if (first.Usage.Completion == 5)
            first.Completions[0].Finish.ShouldBe(FinishReason.Length);
    }

    [Fact]
    public async Task Generate_SeveralWithASeed_GivesAllOfThemAgain()
    {
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [] });
        var request = Questions.Generation("Draw.") with { Completions = 4, Sampling = new SamplingSettings { Temperature = 1, Seed = 11, MaxNewTokens = 6 } };
        var first = await model.GenerateAsync(request);
        first.Completions.Count.ShouldBe(4);
        first.Completions.Distinct().Count().ShouldBeGreaterThan(1);
        (await model.GenerateAsync(request)).Completions.ShouldBe(first.Completions);
    }

    [Fact]
    public async Task Generate_TemplateArguments_ReachTheTemplate()
    {
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [] });
        var thinking = await model.GenerateAsync(Questions.Generation("Hello") with { Sampling = new SamplingSettings { MaxNewTokens = 1 } });
        var direct = await model.GenerateAsync(new GenerationRequest
        {
            Prompt = Questions.Of("Hello") with { TemplateArguments = new JsonObject { ["enable_thinking"] = false } },
            Sampling = new SamplingSettings { MaxNewTokens = 1 },
        });
        // The template of Qwen3 puts an empty think block there.
        direct.Usage.Prompt.ShouldBeGreaterThan(thinking.Usage.Prompt);
    }

    [Fact]
    public async Task Generate_PromptTooLong_NamesTheContext()
    {
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [] });
        var error = await Should.ThrowAsync<ContextLengthException>(() => model.GenerateAsync(Questions.Generation("Hello") with { Sampling = new SamplingSettings { MaxNewTokens = 2_000_000 } }));
        error.Limit!.Value.ShouldBeInRange(256, 1_999_999);
    }

    [Fact]
    public async Task Score_TopTokens_AreTheProbabilitiesThatTheServerGives()
    {
        using var model = await RealServer.OpenAsync();
        var top = await TopTokensAsync("Is it so?");
        var words = top.Select(t => t.Token.Trim()).Where(w => AnswerSpellings.AreSingleWords([w])).Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToArray();
        words.Length.ShouldBe(2);
        var scores = (await model.ScoreAnswersAsync(new AnswerScoringRequest(Questions.Of("Is it so?"), words)))!;
        scores.Source.ShouldBe("top_logprobs");
        for (var i = 0; i < 2; i++)
            Math.Exp(scores.LogProbabilities[i]).ShouldBe(top.Where(t => t.Token.Trim().Equals(words[i], StringComparison.OrdinalIgnoreCase)).Sum(t => Math.Exp(t.LogProbability)), 1e-9);
    }

    [Fact]
    public async Task Score_AnswersThatAreNotAmongTheTopTokens_AreScoredByEcho()
    {
        using var model = await RealServer.OpenAsync();
        Assert.SkipUnless(model.Profile.Rungs.Any(r => r.StartsWith("completions_echo", StringComparison.Ordinal)), "The server does not echo.");
        var scores = (await model.ScoreAnswersAsync(new AnswerScoringRequest(Questions.Of("Which disease is it?"), ["heart failure", "sepsis"])))!;
        scores.Source.ShouldStartWith("completions_echo");
        scores.LogProbabilities.ShouldAllBe(l => double.IsFinite(l) && l < 0);
    }

    [Fact]
    public async Task Score_ByEcho_AgreesWithTheFirstTokenOfAPlainCompletion()
    {
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [AnswerRungs.Echo] });
        Assert.SkipUnless(model.Profile.Rungs is ["completions_echo_untemplated"], "The server does not echo, or lends out its template.");
        var reply = await PostAsync("completions", new { model = model.Name, prompt = "Is it so?\n", max_tokens = 1, temperature = 0, logprobs = 20 });
        var top = reply.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("top_logprobs")[0].EnumerateObject()
            .Where(t => AnswerSpellings.AreSingleWords([t.Name])).Select(t => (t.Name, Log: t.Value.GetDouble())).DistinctBy(t => t.Name.ToUpperInvariant()).Take(2).ToArray();
        top.Length.ShouldBe(2);
        var scores = (await model.ScoreAnswersAsync(new AnswerScoringRequest(Questions.Of("Is it so?"), [top[0].Name, top[1].Name])))!;
        for (var i = 0; i < 2; i++)
        {
            // The other spellings only add to it.
            scores.LogProbabilities[i].ShouldBeGreaterThanOrEqualTo(top[i].Log - 1e-3);
            scores.LogProbabilities[i].ShouldBeLessThan(top[i].Log + 1);
        }
    }

    [Fact]
    public async Task Score_YesAndNo_AreAnsweredBySomeRungWithAShare()
    {
        using var model = await RealServer.OpenAsync();
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo("Will the patient be admitted again? Answer yes or no.")))!;
        scores.ShareOfFirst().ShouldBeInRange(0, 1);
        AnswerRungs.Names.ShouldContain(n => scores.Source.StartsWith(n, StringComparison.Ordinal));
        scores.Usage.Prompt.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Generate_OfficialLibrary_WritesWhatTheThinClientWrites()
    {
        var address = RealServer.Address();
        using var model = await RealServer.OpenAsync(new EndpointOptions { Rungs = [] });
        var official = await ChatClientModel.OpenAsync(new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = address.ApiRoute("") }).GetChatClient(model.Name).AsIChatClient());
        var request = Questions.Generation("What comes next?") with { Sampling = new SamplingSettings { MaxNewTokens = 4 } };
        var response = await official.GenerateAsync(request);
        response.Completions.ShouldBe((await model.GenerateAsync(request)).Completions);
        response.Usage.Completion.ShouldBeInRange(1, 4);
    }

    private static async Task<IReadOnlyList<(string Token, double LogProbability)>> TopTokensAsync(string prompt)
    {
        var reply = await PostAsync("chat/completions", new { messages = new[] { new { role = "user", content = prompt } }, max_tokens = 1, temperature = 0, logprobs = true, top_logprobs = 20 });
        return [.. reply.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0].GetProperty("top_logprobs").EnumerateArray()
            .Select(t => (t.GetProperty("token").GetString()!, t.GetProperty("logprob").GetDouble()))];
    }

    private static async Task<JsonElement> PostAsync(string route, object body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.PostAsJsonAsync(RealServer.Address().ApiRoute(route), body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
